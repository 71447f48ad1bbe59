// What the engine's events tell of one task. They may come twice, as a watcher that is started anew
// is told the past again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guard/process.h"

namespace composelint::guard {

// By what a task is known.
struct TaskKey {
  bool exec = false;                 // else it is a one-off container with the label of `run_id`
  std::vector<std::string> inner{};  // of exec: its words
  std::int64_t from = 0;             // of exec: the engine's time before the client was started
};

class TaskEvents {
 public:
  explicit TaskEvents(TaskKey key);

  // A line of `docker events --format '{{json .}}'`; whatever else it is, it is passed over.
  void read(std::string_view line);

  [[nodiscard]] bool seen() const;     // there is a container, or a process in one
  [[nodiscard]] bool started() const;  // and it has begun
  [[nodiscard]] bool removed() const { return removed_; }
  [[nodiscard]] std::string container() const;
  // Ids of the processes that may be the task and have not ended.
  [[nodiscard]] std::vector<std::string> open() const;

  // The engine's time is `nanoseconds` ahead of guard's.
  void shift(std::int64_t nanoseconds) { ahead_ = nanoseconds; }
  // What begins after this moment is not the task: the client has ended.
  void close(std::int64_t time) { until_ = time; }

  // The task's own exit status, once that is sure. Other processes may have the same words (a
  // health check, another terminal): then it is the client's word that tells which one it was.
  [[nodiscard]] std::optional<int> code(const std::optional<End>& client) const;
  // All that may be the task has ended, and nobody can tell which one it was.
  [[nodiscard]] bool ambiguous(const std::optional<End>& client) const;

 private:
  struct Process {
    std::string id;
    std::string container;
    std::int64_t time = 0;
    bool started = false;
    std::optional<int> code;
  };
  void read_process(std::string_view action, const std::string& id, const std::string& container,
                    std::int64_t time, const std::string& code);
  [[nodiscard]] std::vector<const Process*> candidates() const;

  TaskKey key_;
  std::string words_;
  std::int64_t ahead_ = 0;
  std::int64_t until_ = 0;
  std::string container_;  // of a one-off
  bool started_ = false;
  bool removed_ = false;
  std::optional<int> code_;
  std::vector<Process> processes_;  // in the order of their creation
};

}  // namespace composelint::guard
