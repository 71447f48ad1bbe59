// A task in a container, run to its real end.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guard/client_run.h"
#include "guard/execution.h"
#include "guard/progress.h"
#include "guard/task_events.h"
#include "guard/task_look.h"

namespace composelint::guard {

class TaskRun {
 public:
  TaskRun(const ExecutionRequest& request, Processes& processes, Surroundings& around);
  [[nodiscard]] TaskOutcome run();

 private:
  // One wait, and what has come of it. Never longer than `time`.
  void turn(milliseconds time);
  void watch();
  void read_events();
  void tell_of_process();
  void told(int signal);
  void bound_time();
  void stop_container();
  void look_after_stopper();
  [[nodiscard]] milliseconds until_next(milliseconds time) const;

  void while_client_runs();
  // The client has ended: what about the task?
  void settle();
  // The engine tells of an end before its list does, where the next command would find the task.
  void until_the_list_knows();
  // Whether the look has settled it.
  [[nodiscard]] bool weigh(const TaskLook& look);
  [[nodiscard]] bool weigh_nothing();
  [[nodiscard]] bool weigh_lost_reader();
  [[nodiscard]] bool weigh_silence();
  void believe_client(const std::string& why);
  void tell_that_it_runs();
  [[nodiscard]] bool settled_by_events();
  void wait_on();
  void finish_with(int code);  // of the task
  void finish(TaskEnd end, int code, const std::string& note = "");
  void leave(const TaskLook& look);
  [[nodiscard]] int status() const;  // of the client, as a shell has it
  [[nodiscard]] bool client_ended_itself() const;
  [[nodiscard]] std::string the_task() const;
  void say(const std::string& sentence);

  const ExecutionRequest& request_;
  Processes& processes_;
  Surroundings& around_;
  Client client_;
  TaskEvents events_;
  Progress progress_;  // of the output file
  TaskOutcome outcome_;
  bool exec_;
  bool detached_;

  std::unique_ptr<Child> watcher_;
  std::vector<std::string> told_of_;  // ids of processes
  bool watchable_ = true;             // false: there is no docker
  milliseconds watcher_due_{0};       // when it is started anew; of uptime
  std::unique_ptr<Child> stopper_;
  bool stop_wanted_ = false;
  bool stop_tried_ = false;
  int signals_ = 0;
  bool timed_out_ = false;
  bool left_ = false;
  bool done_ = false;

  milliseconds began_{0};
  milliseconds unreachable_since_{0};        // 0: the engine answers
  std::optional<milliseconds> reader_lost_;  // since when nobody reads its output
  int unsure_ = 0;                           // looks in a row that found nothing
  bool told_that_it_runs_ = false;
};

}  // namespace composelint::guard
