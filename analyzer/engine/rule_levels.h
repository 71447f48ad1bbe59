// How grave a rule is where a configuration speaks of it.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace composelint::engine {

// What is told of one rule. `error` is meant for the contexts in which the rule speaks at all; a
// context that is named gets what it is told, whatever the rule has there itself.
struct RuleLevel {
  std::optional<Severity> all;
  bool on = false;  // as the rule has it itself, whatever preset it is in
  std::array<std::optional<Severity>, 4> in{};  // by Context

  // Nothing where the context stays as the rule has it.
  [[nodiscard]] std::optional<Severity> told(const Rule& rule, Context context) const;
  // `off` for all contexts.
  [[nodiscard]] bool off() const { return all == Severity::kOff; }
};

using RuleLevels = std::map<std::string, RuleLevel, std::less<>>;  // by slug

[[nodiscard]] std::optional<Severity> severity_named(std::string_view word);
[[nodiscard]] std::optional<Context> context_named(std::string_view word);

}  // namespace composelint::engine
