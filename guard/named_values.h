// What stands behind a name that says it is secret.
#pragma once

#include <string_view>
#include <vector>

#include "guard/secret_words.h"

namespace composelint::guard {

// `PASSWORD=x`, `"token": "x"`, `Cookie: x`, `PASSWORD 'x'`, `--token x` within any text. In order.
[[nodiscard]] std::vector<TextRange> named_ranges(std::string_view text);

}  // namespace composelint::guard
