// The command line that guard is given, understood: a source file of one line, so that findings
// have carets and fixes, the same invocation that `check` sees, and the project it acts on.
#pragma once

#include <composelint/compose.h>
#include <composelint/finding.h>
#include <composelint/result.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "analyzer/compose/loader.h"
#include "analyzer/engine/config.h"
#include "guard/surroundings.h"

namespace composelint::guard {

enum class Business {
  kNone,   // it only looks, or is no compose call: nothing is asked, and guard takes itself away
  kStack,  // it changes the stack: up, down, restart, rm, pull, …
  kTask,   // it runs something in a container: run, exec
};

// What is destroyed of the data that the stack keeps.
struct Loss {
  std::string what{};  // a clause; empty: nothing that is seen
  // kWarning: of files or keys that may be there for a while only.
  Severity severity = Severity::kError;
  std::string source{};  // the mount that alone is concerned: a volume's key, or a directory
};

// Owns all that its members point into; stays where it is made.
struct GuardedCommand {
  GuardedCommand();
  GuardedCommand(const GuardedCommand&) = delete;
  GuardedCommand& operator=(const GuardedCommand&) = delete;
  ~GuardedCommand();

  std::vector<std::string> argv;     // as given, wrappers (sudo, env, timeout) included
  const SourceFile* text = nullptr;  // "<command line>": argv as a shell would have to be given it
  std::vector<Span> words;           // of `text`, one for each of argv
  Business business = Business::kNone;

  // Not set where it is no compose call.
  Timeline timeline;
  const Step* step = nullptr;        // of `timeline`, with `step->call`
  std::vector<std::string> docker;   // to ask the same engine: `sudo docker --context x`
  std::vector<std::string> compose;  // to ask of the same project: argv up to the verb
  std::size_t verb_at = 0;           // index into argv
  std::size_t service_at = 0;        // of run and exec; 0: none

  // The project as our own resolver has it, with the whole environment; nothing when it was
  // refused, and why.
  std::unique_ptr<compose::LoadedProject> project;
  std::string project_failure;
  const SourceFile* refused =
      nullptr;  // the file that it was refused for; null: none, or not known

  // Why the task of run or exec may change data, though it may look as if it did not; a clause.
  // Empty: it does not, as far as anybody can tell.
  std::string doubt;
  // Why what the call starts, or copies into a container, may change data; a clause, or empty.
  std::string starts_change;
  // What it destroys within its services.
  Loss loss;

  std::string directory;  // where it is started, absolute: shown paths are relative to it

  [[nodiscard]] const ComposeInvocation& call() const { return *step->call; }
  // The resolved project as data; null: none, not known.
  [[nodiscard]] const Value* model() const;
  [[nodiscard]] const Service* service() const;  // that run and exec name; null: none, not known

  [[nodiscard]] const FileSystem& files() const;  // those that lie here

  struct Sources;
  std::unique_ptr<Sources> sources;
};

// Whether an exec or a run that only looks is read as one that guard lets pass, or as a task of its
// stack: one whose output is kept, one of whose words are told.
enum class LookIs { kPassed, kTask };

// Never runs anything. Fails with kUsage where guard cannot take the command: several calls, a
// shell text (`sh -c`), a compose file on standard input.
[[nodiscard]] Result<std::unique_ptr<GuardedCommand>> understand(std::vector<std::string> argv,
                                                                 const Surroundings& around,
                                                                 const engine::Config& config,
                                                                 const FileSystem& files,
                                                                 LookIs look = LookIs::kPassed);

// Of a call that calls/task has judged.
[[nodiscard]] Business business_of(const ComposeInvocation& call);
// The same where it is in doubt whether its task only looks.
[[nodiscard]] Business business_in_doubt(const ComposeInvocation& call);

// How a shell has to be given `word` so that it reads just that.
[[nodiscard]] std::string quoted(std::string_view word);

}  // namespace composelint::guard
