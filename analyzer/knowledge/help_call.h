// Calls by which a program only tells of itself.
#pragma once

#include <composelint/argument.h>

#include <span>

namespace composelint::knowledge {

// `backup-tui --help`, `dump.sh --version`: the words behind the program.
[[nodiscard]] bool tells_of_itself(std::span<const Argument> words);

}  // namespace composelint::knowledge
