// Words that a function passes on: where its caller has written them.
#pragma once

#include <composelint/argument.h>
#include <composelint/source.h>
#include <composelint/step.h>

#include <vector>

namespace composelint {

// The words of the command in the container, where `word` is one of them; else null.
[[nodiscard]] const std::vector<Argument>* inner_with(const Step& step, const Argument* word);

// `NAME="$VALUE"`, of which the span is the beginning.
[[nodiscard]] Span whole_word(Span begin);

// `"$@"`: somebody else has written it.
[[nodiscard]] bool is_handed_on(const Argument& word);

// Of `"$@"`, and of `$cmd` that is several words, the caller's word, where it stands in the same
// file, or with the one in front of it; else the word itself.
[[nodiscard]] Span written_by_caller(const Step& step, const Argument& word);

}  // namespace composelint
