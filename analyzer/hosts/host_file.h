// What a file that holds shell is to this tool: tasks, each a sequence of shells. A script is one
// task of one block; a Makefile has a task a target, a workflow one a job.
#pragma once

#include <composelint/rule.h>
#include <composelint/shell.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/environment.h"
#include "analyzer/shell/parser.h"

namespace composelint::hosts {

enum class HostKind {
  kShell,
  kMakefile,
  kJustfile,
  kTaskfile,
  kGithubWorkflow,
  kGithubAction,
  kGitlabCi,
  kCircleCi,
  kWoodpecker,
  kDrone,
  kBitbucket,
  kAzure,
  kTravis,
  kPackageJson,
  kSystemd,
  kCrontab,
  kDockerfile,
  kProcfile,
  kMise,
  kPreCommit,
  kAnsible,
  kMarkdown,
  kComposeCommands,
};

// Whether a block runs when its turn comes.
enum class When {
  kInTurn,     // as soon as those before it have succeeded
  kMaybe,      // a condition of the host that is not known here: `if:`, `rules:`
  kOnFailure,  // only when one before it failed
  kAnyway,     // also when one before it failed: `if: always()`, after_script
};

// One shell process over one text.
struct Block {
  std::string name;  // for people: a step's name; may be empty
  Script script;
  shell::ScriptText
      text;  // what `script` was read from; empty for a script file, which is its text
  Environment environment;
  // Absolute; relative to where the script is started, which is not known, for script files;
  // nothing when it cannot be told.
  std::optional<std::string> directory = ".";
  std::string why_no_directory;  // where the host knows: "cron starts it in a home directory"
  bool errexit = false;          // on from the start, as a host's default shell has it
  bool pipefail = false;
  bool listed = false;           // its words are items of a list: no edit puts one in between
  bool failure_ignored = false;  // make's `-`, `continue-on-error`, `allow_failure`
  When when = When::kInTurn;
  // Groups of blocks around this one, by any number, whose failure is caught: what follows them
  // runs all the same (Ansible's rescue).
  std::vector<std::uint32_t> caught_by;
  Place place = Place::kHost;
  std::string place_name;  // the remote machine, the image; may be empty
};

struct Task {
  std::string name;  // a target, a job, a script's name; empty: the whole file
  Span span;         // where it is named
  // In the order in which they run, with those of the tasks that run before it (prerequisites,
  // `needs`) put in front, each once. Shared, as many tasks may have the same ones before them.
  std::vector<std::shared_ptr<const Block>> blocks;
  // Another task of the file runs it: its steps are seen there, with what ran before them.
  bool called = false;
  // So many of the blocks in front are those of jobs it waits for: each is a task by itself and
  // judged as that one, whatever this one is for.
  std::size_t needed = 0;
  // A machine is made for it and gone behind it: what runs on it touches nothing that is in use.
  bool new_machine = false;
  // Where the file itself tells (an `environment: production` job): else the engine's cues decide.
  std::optional<Context> context;
  std::string context_cue;
};

// A part of the file that could not be understood, or where a bound was reached.
struct Trouble {
  Span span;
  std::string message;
};

struct HostFile {
  HostKind kind = HostKind::kShell;
  const SourceFile* file = nullptr;
  std::vector<Task> tasks;
  // Comments of the file itself, for suppressions; those inside of blocks stand in their scripts.
  std::vector<Comment> comments;
  std::vector<Trouble> troubles;
};

// A script file as the host of itself.
[[nodiscard]] HostFile script_host(Script script);

}  // namespace composelint::hosts
