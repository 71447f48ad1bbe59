// Arithmetic on integers that are all known: `$((i + 1))`, `${x:1:n-1}`.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace composelint::shell {

// + - * / % and parentheses over numbers and variables, `$x` or `x`. Nothing for any other
// operator, an unknown variable, a division by zero or an overflow of 53 bits.
[[nodiscard]] std::optional<std::int64_t> evaluate_arithmetic(
    std::string_view text,
    const std::function<std::optional<std::int64_t>(std::string_view name)>& variable);

}  // namespace composelint::shell
