// A text that is one plain command, as the words that a shell would hand to the program.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace composelint::shell {

// Nothing where a shell would do more: several commands, redirects, assignments, values that it
// puts in.
[[nodiscard]] std::optional<std::vector<std::string>> command_words(std::string text);

}  // namespace composelint::shell
