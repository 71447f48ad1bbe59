// The rules and the witnesses, asked about one command.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

// Where something is done, as far as it is known: what is empty, or not there, is not.
struct ActedOn {
  const EngineFacts& engine;
  std::string project;
  std::optional<std::vector<std::string>> files;  // compose and env files, absolute
};
// What is not known fits: an environment is not left by hiding its name.
[[nodiscard]] bool fits(const ProtectedEnvironment& environment, const ActedOn& place);

// What a restore point is asked for: everything of which it is not known that it leaves data alone.
[[nodiscard]] bool may_change_data(const GuardedCommand& command);

// All claims that --attest may name.
[[nodiscard]] std::vector<std::string_view> known_claims();

}  // namespace composelint::guard
