// Allowances, for rules that leave something to another one.
#pragma once

#include <composelint/source.h>

#include <string_view>

namespace composelint {

// A comment beside the place, or one for all of its file, keeps the rule silent.
[[nodiscard]] bool is_allowed_there(Span place, std::string_view rule);

}  // namespace composelint
