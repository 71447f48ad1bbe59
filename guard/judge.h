// The rules and the witnesses, asked about one command.
#pragma once

#include "analyzer/engine/rule_set.h"
#include "guard/decision.h"
#include "guard/live_evidence.h"
#include "guard/request.h"

namespace composelint::guard {

// Findings about the command line as grave as the rules have them in operations, those about the
// stack it acts on as notes; what the rules expect becomes an answer, and no finding. The decision
// is made.
[[nodiscard]] Decision judge(const LiveFacts& facts, const engine::RuleSet& rules,
                             const GuardOptions& options);

// All claims that --attest may name.
[[nodiscard]] std::vector<std::string_view> known_claims();

}  // namespace composelint::guard
