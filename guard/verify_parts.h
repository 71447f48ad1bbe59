// What verification is made of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guard/verification.h"

namespace composelint::guard {

// The engine, asked once the task has ended.
struct Aftermath {
  std::vector<Container> containers;  // of the project
  std::string containers_failure;
  std::vector<Container> of_run;  // with the label of this run
  bool of_run_known = false;
  bool logs_asked = false;
  std::map<std::string, LogFacts> logs;  // since the task began
};
// All in one round; only the project's containers unless `all`.
[[nodiscard]] Aftermath look_after(const VerificationRequest& request, bool all,
                                   Processes& processes);

// Containers that ran before, or that the command is to start, and that have to run well now.
class HealthWatch {
 public:
  HealthWatch(const VerificationRequest& request, const Aftermath& first);

  enum class State { kWell, kWaiting, kIll };
  // What is wrong yet, or for good.
  struct Look {
    State state = State::kWell;
    std::vector<std::string> troubles;
  };
  [[nodiscard]] Look look(const std::vector<Container>& containers) const;
  [[nodiscard]] bool nothing_to_watch() const { return expected_.empty(); }

 private:
  struct Expected {
    std::string service;
    int number = 0;        // 0: any of the service
    std::string name;      // for people
    bool was_ill = false;  // it was so before: no fault of this run
    bool may_end = false;  // it is well, too, when it has ended with status 0
  };
  std::vector<Expected> expected_;
};

// Waits, with a line of progress at a terminal, until all is well, something is ill for good or the
// time is over. Nothing where a signal told guard to end.
[[nodiscard]] std::optional<HealthWatch::Look> await_health(const VerificationRequest& request,
                                                            const HealthWatch& watch,
                                                            const Aftermath& first,
                                                            Processes& processes,
                                                            Surroundings& around);

[[nodiscard]] std::vector<Answer> post_checks(const Policy& policy, Processes& processes);

}  // namespace composelint::guard
