// The few patterns the schema of the specification knows, by what they mean.
#pragma once

#include <cstdint>
#include <string_view>

namespace composelint::compose::schema {

// Named by tools/generate_compose_schema.py.
enum class Pattern : std::uint8_t {
  kNone,           // allows everything
  kExtension,      // ^x-
  kName,           // ^[a-zA-Z0-9._-]+$
  kLowerLetters,   // ^[a-z]+$
  kOneLine,        // ^.+$
  kSomeText,       // .+
  kContainerName,  // [a-zA-Z0-9][a-zA-Z0-9_.-]+ anywhere in the text
  kPullPolicy,     // one of the policies anywhere in the text
};

[[nodiscard]] bool matches(Pattern pattern, std::string_view text);
// What fits, to follow "must": "hold only letters, ..."; empty where nearly everything does.
[[nodiscard]] std::string_view demand(Pattern pattern);

}  // namespace composelint::compose::schema
