// What the corridor goes through, so that a test can stand behind each door.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "guard/execution.h"
#include "guard/guard.h"
#include "guard/machine_lock.h"
#include "guard/probes.h"
#include "guard/verification.h"

namespace composelint::guard {

struct Doors {
  std::function<Snapshot(const GuardedCommand&, const SnapshotWish&, Processes&,
                         const Surroundings&)>
      snapshot;
  std::function<TaskOutcome(const ExecutionRequest&, Processes&, Surroundings&)> execute;
  std::function<std::vector<Answer>(const VerificationRequest&, Processes&, Surroundings&)> verify;
  // The project of an engine, held against all of this machine; null: nobody else is there.
  std::function<Result<MachineLock::Taken>(const std::string&, const std::string&)> hold{};
};

[[nodiscard]] int guard_through(const GuardOptions& options, Processes& processes,
                                Surroundings& around, const Doors& doors);

}  // namespace composelint::guard
