// The engine's own word of a task, from its events: they go on where a client is killed, and tell
// the exit code also of a container that is removed when it ends (facts of Docker 20.10 and later).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guard/command.h"
#include "guard/process.h"

namespace composelint::guard {

// What the events of one task have told so far.
struct TaskNews {
  std::string container;  // id
  bool started = false;   // its process has begun
  bool removed = false;
  std::optional<int> code;  // its process has ended
};

// Reads events; knows no process. `run` is found by its label, so every event is the task's own;
// of `exec` the one with the task's words is, and not a health check's.
class TaskEvents {
 public:
  // `words` are the inner command of exec; empty for run.
  explicit TaskEvents(const std::vector<std::string>& words);
  // One line of `docker events --format '{{json .}}'`; others are passed over.
  void read(std::string_view line);
  [[nodiscard]] const TaskNews& news() const { return news_; }

 private:
  void read_exec(const std::string& action, const std::string& exec, const std::string& code);

  std::string exec_text_;  // as the engine writes it; empty for run
  std::string exec_id_;
  bool two_alike_ = false;  // another one with the same words: which is ours cannot be told
  TaskNews news_;
};

class TaskWatch {
 public:
  // Begins to listen. `since`: the engine's time, as it takes it; of run nothing is older than the
  // label, so that any will do.
  TaskWatch(const GuardedCommand& command, const std::string& run_id, std::string since,
            Processes& processes);
  ~TaskWatch();

  // Takes in what has come; listens again where the stream has ended, no more than once a second.
  void update(std::chrono::milliseconds uptime);
  [[nodiscard]] const TaskNews& news() const { return events_.news(); }
  // To wait for; null while there is none.
  [[nodiscard]] Child* child() const { return child_.get(); }

 private:
  void listen();

  Processes& processes_;
  std::vector<std::string> argv_;
  TaskEvents events_;
  std::unique_ptr<Child> child_;
  std::chrono::milliseconds listened_{-1'000'000};
};

// The container that carries the label of a run, asked for: where no event told.
struct FoundContainer {
  enum class State { kNone, kRunning, kEnded, kNoAnswer } state = State::kNoAnswer;
  std::string id;
  int code = 0;  // of kEnded
};
[[nodiscard]] FoundContainer find_container(const std::vector<std::string>& docker,
                                            const std::string& run_id, Processes& processes);

// The engine's clock, as `docker events --since` takes it; empty where it does not answer.
[[nodiscard]] std::string engine_time(const std::vector<std::string>& docker, Processes& processes);

}  // namespace composelint::guard
