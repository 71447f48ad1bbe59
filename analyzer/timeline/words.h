// Arguments put together, with the places where they are written.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzer/shell/scope.h"

namespace composelint::timeline {

// The words joined by blanks, as eval, ssh and watch hand them to a shell.
[[nodiscard]] Argument joined(std::span<const Argument> words);
// $1, $2, … of who gets these words. A "$@" that is not known and ends them may be any number.
[[nodiscard]] shell::Positional positional_of(std::span<const Argument> words);
// Those arguments, where all of each is known and there are no others.
[[nodiscard]] std::optional<std::vector<std::string>> known_words(const shell::Positional& given);
// `shift`, `shift 2`. By an unknown number, as behind getopts, options go, and words that are none
// stay.
void shift_words(std::span<const Argument> argv, shell::Scope& scope);
// As a reader would write it: unknown parts by their names.
[[nodiscard]] std::string shown(const Argument& word);
[[nodiscard]] bool mentions(std::span<const Argument> words, const char* text);
// Why the files of this repository are not those of a shell that runs there.
[[nodiscard]] std::string where(Place place, const std::string& name);

}  // namespace composelint::timeline
