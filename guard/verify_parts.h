// What verification is made of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guard/parse.h"
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
    std::vector<std::string> troubles{};
    bool fresh = true;  // a check of each service has ended since
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

// A container stays healthy until several checks in a row have failed: what a task has broken shows
// only once a check has ended after it.
class FreshChecks {
 public:
  FreshChecks(const VerificationRequest& request, const std::vector<Container>& containers,
              Processes& processes);

  // Containers whose checks have failed since, or not ended yet. Asks the engine.
  struct Pending {
    std::vector<std::string> failing;
    std::vector<std::string> waiting;
  };
  [[nodiscard]] Pending pending();

 private:
  [[nodiscard]] std::vector<HealthCheckRun> ask() const;

  const VerificationRequest& request_;
  Processes& processes_;
  std::map<std::string, std::string> names_;   // by id, of those with a check
  std::map<std::string, std::string> before_;  // when the last check had ended, by id
};

// Waits, with a line of progress at a terminal, until all is well, something is ill for good or the
// time is over; behind a command that changes data also for one check of each service that has
// one. Nothing where a signal told guard to end.
[[nodiscard]] std::optional<HealthWatch::Look> await_health(const VerificationRequest& request,
                                                            const HealthWatch& watch,
                                                            const Aftermath& first,
                                                            Processes& processes,
                                                            Surroundings& around);

[[nodiscard]] std::vector<Answer> post_checks(const Policy& policy, Processes& processes);

}  // namespace composelint::guard
