// Arguments put together, with the places where they are written.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>

#include <span>
#include <string>

namespace composelint::timeline {

// The words joined by blanks, as eval, ssh and watch hand them to a shell.
[[nodiscard]] Argument joined(std::span<const Argument> words);
// As a reader would write it: unknown parts by their names.
[[nodiscard]] std::string shown(const Argument& word);
[[nodiscard]] bool mentions(std::span<const Argument> words, const char* text);
// Why the files of this repository are not those of a shell that runs there.
[[nodiscard]] std::string where(Place place, const std::string& name);

}  // namespace composelint::timeline
