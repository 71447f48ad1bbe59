// What rules make of their findings, of those alone that no comment allows.
#pragma once

#include <composelint/run.h>

#include <vector>

#include "analyzer/engine/rule_set.h"
#include "analyzer/engine/suppressions.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Has each rule look again at `found`, without what stands behind the end of its script. What a
// comment allows where it stands is no part of what another finding tells, nor does it hide one: it
// goes to run.suppressed.
void look_again(const RuleSet& rules, const WorkspaceFacts& facts, Workspace& workspace,
                std::vector<Allowance>& allowed, std::vector<Finding>& found, Run& run);

}  // namespace composelint::engine
