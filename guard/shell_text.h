// The words of a shell text, as far as it takes to see what stands beside what.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace composelint::guard {

// Begin and end of each word, without the quotes around it, one list for each simple command. Never
// fails: what is no shell text gives words all the same.
[[nodiscard]] std::vector<std::vector<std::pair<std::size_t, std::size_t>>> shell_commands(
    std::string_view text);

}  // namespace composelint::guard
