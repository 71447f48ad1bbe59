// The steps of a script in the order in which they would run: functions put in where they are
// called, every step with the conditions it stands under.
#pragma once

#include <composelint/argument.h>
#include <composelint/effect.h>
#include <composelint/invocation.h>
#include <composelint/shell.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace composelint {

// A place where control divides: if, case, &&, ||, a loop. `arm` counts its ways; every step inside
// carries the way it is on.
struct Condition {
  std::uint32_t branch = 0;
  std::uint32_t arm = 0;

  friend bool operator==(const Condition&, const Condition&) = default;
};

enum class BranchKind {
  kIf,         // arm 0: it holds, 1: it does not
  kCase,       // an arm a pattern
  kAnd,        // arm 0: what stands before it succeeded
  kOr,         // arm 0: it failed
  kFor,        // each word of a list; one arm where the list is not empty
  kWhile,      // `until` as well
  kHost,       // a condition of the host: `if:`, `rules:`
  kOnFailure,  // a block of the host that runs when one before it failed
  kLeft,       // a way left the loop or the function before this point
  kUncalled,   // a function that nothing here calls
  kValue,      // one of several values of a variable
};

struct Branch {
  Span span;
  std::uint32_t arms = 0;  // the ways there are, the empty "none of them" included
  // By arm: steps with an index below this are not reached through it (exit, return, exec); those
  // behind the shell that it leaves are. 0: it comes out again.
  std::vector<std::size_t> leaves;
  BranchKind kind = BranchKind::kIf;
  // What decides: the test, the subject of `case`, the left side of && and ||, the list of `for`.
  Span condition;
  std::vector<Span> patterns;  // of `case`, by arm
  std::string name;            // of a function that nothing calls

  [[nodiscard]] bool leads_to(std::uint32_t arm, std::size_t step) const {
    return step >= leaves[arm];
  }
};

// What becomes of a step's exit status.
enum class StatusUse {
  kStops,      // a failure ends the script: errexit, `|| exit`
  kDecides,    // tested: if, while, && — what follows knows of it
  kUnchecked,  // the next command simply runs
  kDiscarded,  // thrown away on purpose: `|| true`, `&`, `!`
  kMasked,     // an earlier stage of a pipeline without pipefail
};

enum class StreamKind {
  kInherited,  // whatever the script has: a terminal at a prompt, nothing in cron
  kFile,
  kNull,  // /dev/null or closed
  kPipe,
  kHere,      // here-document or here-string
  kCaptured,  // $(…), `…`
};

struct Stream {
  StreamKind kind = StreamKind::kInherited;
  Span span;        // the redirect, or the neighbour in the pipeline
  Argument target;  // file name
};

// Where a step runs, seen from the machine on which the script is started.
enum class Place { kHost, kRemote, kContainer };

enum class Launcher { kNone, kCompose, kDocker };  // what runs the inner command, if anything does

struct Step {
  Span span;                   // the simple command
  std::vector<Argument> argv;  // assignments, sudo, env, time and their like taken off
  Launcher launcher = Launcher::kNone;
  std::optional<ComposeInvocation> call;  // where it is compose
  Effect effect = Effect::kUnknown;
  Role role = Role::kNone;
  std::string effect_name;  // what was recognised: "pg_dump", "Django migration"

  std::vector<Condition> conditions;  // outermost first
  std::vector<Span> called_from;      // function calls on the way here, outermost first
  StatusUse status = StatusUse::kUnchecked;
  bool errexit = false;  // settings in force at this step
  bool pipefail = false;
  Stream in, out, err;
  std::uint32_t pipeline = 0;  // 0: stands alone; else stages of one pipeline share a number
  bool last_in_pipeline = true;
  bool background = false;
  bool followed = false;  // runs a script whose steps come next
  bool asks = false;      // a prompt for the operator: read -p, confirm, select
  // Inside a loop whose list comes from standard input: reading stdin here eats the list.
  bool in_stdin_loop = false;
  // Stands in a function that the script never calls: what ran before it is up to the caller.
  bool detached = false;
  Place place = Place::kHost;
  std::string place_name;  // the machine as ssh gets it, the image; may be empty
  // The directory the step runs in, absolute or relative to the script's start; nothing when a `cd`
  // could not be followed.
  std::optional<std::string> directory;
};

// How sure it is that one step ran when another is reached.
enum class Reach { kNever, kMaybe, kAlways };

// A shell of its own: a recipe line, a step of a job, a script as a whole.
struct Section {
  std::string name;  // may be empty
  Span span;
  std::size_t first = 0;  // index of its first step; it ends where the next begins
};

struct Timeline {
  const SourceFile* file = nullptr;  // that holds the task
  const Script* script = nullptr;    // of the first section
  std::string task;                  // a target, a job; empty for a script
  std::vector<Section> sections;     // at least one where there are steps
  std::vector<Step> steps;
  std::vector<Branch> branches;
  std::vector<const SourceFile*> sourced;  // files read on the way in a shell of this one, each once
  bool truncated = false;  // a bound on inlining or steps was reached; later steps are missing

  // Whether `earlier` ran whenever `later` is reached. Both are indices into `steps`.
  [[nodiscard]] Reach reach(std::size_t earlier, std::size_t later) const;
};

}  // namespace composelint
