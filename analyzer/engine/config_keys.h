// The keys of .composelint.yaml: one table, from which the file is checked.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace composelint::engine {

enum class KeyKind : std::uint8_t {
  kText,    // one text
  kTexts,   // a text or a list of them
  kChoice,  // one of a few words
  kList,    // a list of mappings
};

struct ConfigKey {
  std::string_view name;
  KeyKind kind = KeyKind::kText;
  bool required = false;
  std::string_view doc;                            // one sentence, for people
  std::span<const std::string_view> choices = {};  // of kChoice
  std::span<const ConfigKey> keys = {};            // of kList: of each mapping in it
};

// Those at the top of the file.
[[nodiscard]] std::span<const ConfigKey> config_keys();

}  // namespace composelint::engine
