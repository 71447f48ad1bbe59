// Arguments put together and taken apart, with the places where they are written.
#pragma once

#include <composelint/argument.h>

#include <span>
#include <string>

namespace composelint::timeline {

// The words joined by blanks, as eval, ssh and watch hand them to a shell.
[[nodiscard]] Argument joined(std::span<const Argument> words);
// What stands behind the first `begin` bytes of its text.
[[nodiscard]] Argument tail_of(const Argument& word, std::size_t begin);
// As a reader would write it: unknown parts by their names.
[[nodiscard]] std::string shown(const Argument& word);
[[nodiscard]] bool mentions(std::span<const Argument> words, const char* text);

}  // namespace composelint::timeline
