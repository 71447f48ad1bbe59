// Whether a step has to do with a file, by name.
#pragma once

#include <composelint/argument.h>
#include <composelint/source.h>
#include <composelint/step.h>

#include <string_view>

namespace composelint {

// Some word or redirect of the step holds the text.
[[nodiscard]] bool mentions(const Step& step, std::string_view text);

// Runs what is not seen here: another script, a make target, a command out of a variable.
[[nodiscard]] bool runs_unseen(const Step& step);

// The place in the written word where `part` stands; the whole word where that is not to be told.
[[nodiscard]] Span place_of(const Argument& word, std::string_view part);

}  // namespace composelint
