// Success is more than exit status 0: what is looked at once the task has ended.
#pragma once

#include <string>
#include <vector>

#include "guard/answer.h"
#include "guard/command.h"
#include "guard/execution.h"
#include "guard/policy.h"
#include "guard/process.h"
#include "guard/snapshot.h"
#include "guard/surroundings.h"

namespace composelint::guard {

struct VerificationRequest {
  const GuardedCommand& command;
  const Snapshot& before;
  const TaskOutcome& outcome;
  const Policy& policy;
  std::string run_id;
  std::string output;  // file that was written; empty: none
  std::chrono::milliseconds settle{60'000};
  std::vector<std::string> set_aside{};  // services that guard itself has paused for this run
};

// Exit status, health of the services (waited for), new errors in the logs against the baseline,
// containers left behind, the output file, the checks of the policy. An answer for each.
[[nodiscard]] std::vector<Answer> verify(const VerificationRequest& request, Processes& processes,
                                         Surroundings& around);

}  // namespace composelint::guard
