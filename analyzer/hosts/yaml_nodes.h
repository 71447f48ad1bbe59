// Walks over YAML as CI systems write it: merge keys, aliases everywhere, one command or many.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/yaml/document.h"

namespace composelint::hosts {

// The entries of a mapping, or of the one an alias stands for, with its merge keys (`<<`) followed:
// each key once, its own entry before a merged one. Empty for what is no mapping.
[[nodiscard]] std::vector<yaml::Entry> entries_of(const yaml::Node& node);
// The value of a key, through aliases and merge keys, itself never an alias; null: there is none.
[[nodiscard]] const yaml::Node* value_of(const yaml::Node& node, std::string_view key);
[[nodiscard]] const yaml::Node* value_of(const yaml::Node* node, std::string_view key);
// The items of a sequence, aliases followed; a lone scalar or mapping is its only one.
[[nodiscard]] std::vector<const yaml::Node*> items_of(const yaml::Node& node);
// The scalars of "one command, a list, or lists inside of lists", in order. Bounded.
[[nodiscard]] std::vector<const yaml::Node*> commands_of(const yaml::Node& node);

// The text of a scalar under `key`; empty when there is none.
[[nodiscard]] std::string_view text_of(const yaml::Node* node, std::string_view key);
[[nodiscard]] bool is_true(const yaml::Node* node);

}  // namespace composelint::hosts
