// The keys of .composelint.yaml: one table, from which the file is checked and its schema is made.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace composelint::engine {

enum class KeyKind : std::uint8_t {
  kText,      // one text
  kTexts,     // a text or a list of them
  kChoice,    // one of a few words
  kChoices,   // one of a few words, or a list of them
  kFlag,      // true or false
  kLevel,     // a severity, or one for each context
  kLevels,    // a mapping of rules to such
  kList,      // a list of mappings
  kMapping,   // one mapping
  kMappings,  // a mapping or a list of them
};

struct ConfigKey {
  std::string_view name;
  KeyKind kind = KeyKind::kText;
  bool required = false;
  std::string_view doc;                            // one sentence, for people
  std::span<const std::string_view> choices = {};  // of kChoice, kChoices, kLevel, kLevels
  std::span<const ConfigKey> keys = {};            // of each mapping; of kLevel: the contexts
};

// Those at the top of the file.
[[nodiscard]] std::span<const ConfigKey> config_keys();

}  // namespace composelint::engine
