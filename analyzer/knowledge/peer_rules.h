// What other linters of compose files call the things that rules here report.
#pragma once

#include <span>
#include <string_view>

namespace composelint::knowledge {

struct PeerRule {
  std::string_view tool;  // "dclint", "compose-lint", "KICS"
  std::string_view name;  // as their configuration writes it; KICS: the query's name
  std::span<const std::string_view> slugs;  // ours; none: `why` says why there is none
  std::string_view why = {};
};

// Something in a compose file that one of these linters, or Compose itself, flags.
struct FlaggedThing {
  std::string_view what;
  std::span<const std::string_view> slugs;
  std::string_view why = {};
};

[[nodiscard]] std::span<const FlaggedThing> flagged_things();

// By tool and name. Names are those of dclint 3.1.0, compose-lint 0.22.0 and the queries for Docker
// Compose of KICS 2.1.
[[nodiscard]] std::span<const PeerRule> peer_rules();
// Null when the tool has no rule of that name.
[[nodiscard]] const PeerRule* find_peer_rule(std::string_view tool, std::string_view name);

}  // namespace composelint::knowledge
