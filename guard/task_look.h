// The engine asked about a task: its events as they come, and how it stands at a moment.
#pragma once

#include <string>
#include <vector>

#include "guard/command.h"
#include "guard/process.h"
#include "guard/surroundings.h"
#include "guard/task_events.h"

namespace composelint::guard {

// Goes on until it is ended. The past is told again as far as the engine keeps it, from its very
// beginning, so that no clock has to agree with another.
[[nodiscard]] std::vector<std::string> watch_events(const GuardedCommand& command,
                                                    const std::string& run_id);

enum class TaskState {
  kNoEngine,    // it does not answer
  kNone,        // there is no such container or process, or none any more
  kNotStarted,  // a container that was made and never begun
  kRuns,
  kEnded,
};

struct TaskLook {
  TaskState state = TaskState::kNoEngine;
  int code = 0;           // of kEnded
  std::string container;  // empty: none is known
};

// What the events of the past tell goes into `events` as well.
[[nodiscard]] TaskLook look_at_task(const GuardedCommand& command, const std::string& run_id,
                                    TaskEvents& events, Processes& processes,
                                    const Surroundings& around);

}  // namespace composelint::guard
