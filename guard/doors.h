// What the corridor goes through, so that a test can stand behind each door.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "guard/execution.h"
#include "guard/guard.h"
#include "guard/probes.h"
#include "guard/verification.h"

namespace composelint::guard {

struct Doors {
  std::function<Snapshot(const GuardedCommand&, const SnapshotWish&, Processes&,
                         const Surroundings&)>
      snapshot;
  std::function<TaskOutcome(const ExecutionRequest&, Processes&, Surroundings&)> execute;
  std::function<std::vector<Answer>(const VerificationRequest&, Processes&, Surroundings&)> verify;
};

[[nodiscard]] int guard_through(const GuardOptions& options, Processes& processes,
                                Surroundings& around, const Doors& doors);

}  // namespace composelint::guard
