// The words of the messages.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analyzer/compose/schema/rules.h"
#include "analyzer/compose/value.h"

namespace composelint::compose::schema {

// "a string, a list or null"
[[nodiscard]] std::string any_of(Types types);
// "a, b or c"
[[nodiscard]] std::string any_of(std::span<const std::string_view> words);
// "the number 5", "a mapping", "empty"
[[nodiscard]] std::string kind_of(const Value& value);
// What to do about a key that `rule` does not know: "; did you mean `test`?" and the like, or
// nothing.
[[nodiscard]] std::string advice(const Rule& rule, std::string_view key);

}  // namespace composelint::compose::schema
