// How certain it is that a word has the text that was worked out for it.
#pragma once

#include <composelint/argument.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <string>

namespace composelint {

// The text, or the first `size` bytes of it, stands at the step itself, or in what surely gives the
// step its value: not in the default of an argument, in a variable or a loop's list whose
// value a test looks at, in an arm that the step may not go with, or in words that somebody hands
// on behind others. What no file has is not certain.
[[nodiscard]] bool is_certain(const Argument& word, const Step& step, const Timeline& timeline,
                              std::size_t size = std::string::npos);

// Of a place that is written somewhere.
[[nodiscard]] bool is_certain(Span place, const Step& step, const Timeline& timeline);

// So it is where the script is called without arguments, and nothing looks at what it was given.
[[nodiscard]] bool is_certain_without_arguments(const Argument& word, const Step& step,
                                                const Timeline& timeline);

// Of a path: it may begin with a directory that the script works out.
[[nodiscard]] bool is_certain_path(const Argument& word, const Step& step,
                                   const Timeline& timeline);

// All options that say which stack the call acts on are; a call without any is.
[[nodiscard]] bool has_certain_stack(const Step& step, const Timeline& timeline);

// All that say which services it has are: what the project is called is another thing.
[[nodiscard]] bool has_certain_services(const Step& step, const Timeline& timeline);

}  // namespace composelint
