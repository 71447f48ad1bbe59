// What the rules find about a command under guard.
#pragma once

#include <composelint/finding.h>

#include <vector>

#include "analyzer/engine/rule_set.h"
#include "guard/command.h"
#include "guard/request.h"
#include "guard/snapshot.h"

namespace composelint::guard {

// Without what rules expect, and without what guard itself sees to.
[[nodiscard]] std::vector<Finding> findings_about(const GuardedCommand& command,
                                                  const Snapshot& snapshot,
                                                  const EvidenceSource& witness,
                                                  const engine::RuleSet& rules,
                                                  const GuardOptions& options);

// The service that run and exec name and all it depends on; of other verbs the services named, or
// all that are active.
[[nodiscard]] std::vector<const Service*> concerned_services(const GuardedCommand& command);

}  // namespace composelint::guard
