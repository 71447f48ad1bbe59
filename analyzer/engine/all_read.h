// What shows of findings about scripts once all is read: who calls the script, and whose container
// it enters.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <vector>

#include "analyzer/engine/rule_set.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Without those in scripts that are kept and that nothing calls, and those below errors in a
// repository that is archived. In the containers of a developer's stack they weigh as development.
void weigh_when_all_is_read(const RuleSet& rules, const WorkspaceFacts& facts, Workspace& workspace,
                            std::vector<Finding>& found);

}  // namespace composelint::engine
