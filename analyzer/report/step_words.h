// A step in words, for the reports that tell of steps.
#pragma once

#include <composelint/timeline.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::report {

// As it would be written: "$name", "$(command)".
[[nodiscard]] std::string shown(const Hole& hole);
// A word as far as it is known; the holes stand for the rest.
[[nodiscard]] std::string shown(const Argument& argument);
// The command line after expansion, words with blanks in quotes.
[[nodiscard]] std::string shown(const std::vector<Argument>& words);
// On one line, cut to `columns` with "…".
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);
// Source text as a short piece of code in a sentence, with its back quotes.
[[nodiscard]] std::string code(const Span& span);

// What `run` and `exec` act on, also where the word is not wholly known.
[[nodiscard]] std::string service_of(const ComposeInvocation& call);

[[nodiscard]] std::string_view to_string(Place place);
// "on db.example.org", "in a container of postgres"; empty on the host itself.
[[nodiscard]] std::string place_words(const Step& step);

// "migrates (Django migration)"; empty where nothing was recognised.
[[nodiscard]] std::string effect_words(Effect effect, std::string_view name);
[[nodiscard]] std::string_view to_string(StatusUse use);
// What becomes of its failure.
[[nodiscard]] std::string_view status_words(const Step& step);
[[nodiscard]] std::string_view to_string(StreamKind kind);
// Where input comes from and output goes; empty where nothing is redirected.
[[nodiscard]] std::string stream_words(const Step& step);

[[nodiscard]] std::string_view to_string(BranchKind kind);
// "only if `test -f x` (line 3)"; empty where there is nothing to say.
[[nodiscard]] std::string condition_words(const Timeline& timeline, const Condition& condition);
// Of conditions inside each other only the innermost are told: hundreds are no reader's.
inline constexpr std::size_t kMostConditions = 16;
// All that a step stands under, `a && b && …` in one.
[[nodiscard]] std::string condition_words(const Timeline& timeline, const Step& step);
// Names of what is not known on the command line, each once.
[[nodiscard]] std::vector<std::string> unknown_words(const Step& step);

}  // namespace composelint::report
