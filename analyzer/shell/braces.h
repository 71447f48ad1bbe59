// Brace expansion, a bash addition that comes before every other expansion.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace composelint::shell {

// The words of `{a,b}`, `{1..3}`, `{a..c}`, nested ones too; the text itself where it is neither,
// or more than `most` words would come of it.
[[nodiscard]] std::vector<std::string> expand_braces(std::string_view text, std::size_t most);

}  // namespace composelint::shell
