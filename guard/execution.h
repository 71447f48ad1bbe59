// The command itself, run to its real end.
#pragma once

#include <composelint/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "guard/command.h"
#include "guard/process.h"
#include "guard/surroundings.h"

namespace composelint::guard {

enum class TaskEnd {
  kEnded,         // `code` is the task's own, or the client's where only that failed
  kNeverStarted,  // no container, no process: `code` is the client's
  kStillRunning,  // the client is gone and the task is not
  kUnknown,       // the engine went away before it told
};

struct TaskOutcome {
  TaskEnd end = TaskEnd::kUnknown;
  int code = 0;
  End client;                      // how the client ended; a difference to `code` is worth a word
  std::string container;           // id; empty: none was seen
  bool stopped = false;            // guard ended it, as it was told to
  std::vector<std::string> notes;  // for people, one sentence each
  std::int64_t began = 0;
  std::int64_t ended = 0;
  // False: the client failed or was killed, so that what the task wrote has not all come through,
  // whatever `code` is.
  bool output_whole = true;
  int signal = 0;  // by which guard was told to end, the last; 0: it was not
};

struct ExecutionRequest {
  const GuardedCommand& command;
  std::vector<std::string> argv;  // what is run: the command's, or its repaired form
  std::string run_id;             // `run` gets the label with it
  int output = -1;                // descriptor for the command's standard output; -1: guard's own
  std::chrono::milliseconds timeout{0};
  bool progress = false;  // `output` is a file, whose growth is shown at a terminal
  // Called when it is seen that `exec` has begun: the container, and the engine's ids of what may
  // be its process there. More than once where there are more of them.
  std::function<void(const std::string&, const std::vector<std::string>&)> entered{};
};

// Passes streams, terminal and signals through. The client's end is not the task's: that comes from
// the engine's events, also when the client is killed or the terminal is lost. When guard is told
// to end (INT, TERM, QUIT), it passes that on and then stops the task; a lost terminal (HUP) ends
// nobody's task.
[[nodiscard]] TaskOutcome execute(const ExecutionRequest& request, Processes& processes,
                                  Surroundings& around);

// argv with `--label composelint.run=ID` behind `run`; unchanged for other verbs.
[[nodiscard]] std::vector<std::string> labelled(const GuardedCommand& command,
                                                std::vector<std::string> argv,
                                                const std::string& run_id);

}  // namespace composelint::guard
