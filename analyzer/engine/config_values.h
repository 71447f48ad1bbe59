// Values out of a configuration that has been checked against the table of its keys.
#pragma once

#include <composelint/effect.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/rule_levels.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

// Empty where the key is not there.
[[nodiscard]] std::string text_of(const yaml::Node& mapping, std::string_view key);
[[nodiscard]] std::vector<std::string> texts_of(const yaml::Node& mapping, std::string_view key);
// The texts of one value: itself, or those of a list.
[[nodiscard]] std::vector<std::string> texts_in(const yaml::Node& value);

[[nodiscard]] Effect effect_named(std::string_view word);
// A severity, `on`, or a mapping of contexts to severities.
[[nodiscard]] RuleLevel level_in(const yaml::Node& value);

}  // namespace composelint::engine
