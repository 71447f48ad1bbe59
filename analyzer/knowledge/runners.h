// Programs that run several commands side by side, each given as one word.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <span>
#include <vector>

namespace composelint::knowledge {

// Which words of `concurrently -n a,b "x" "y"` are text for a shell; empty: none, or it is no such
// program.
[[nodiscard]] std::vector<std::size_t> command_words(std::span<const Argument> argv);

}  // namespace composelint::knowledge
