// Loops that stop trying after some rounds, by their text: what they count is in no fact of a step.
#pragma once

#include <composelint/timeline.h>

#include <string_view>
#include <vector>

namespace composelint {

// It stops trying after some rounds, and only then or on success.
[[nodiscard]] bool gives_up(const Branch& loop);

// `if [ "$i" -eq 20 ]; then echo "WARN: …"` in a loop of twenty: who reads along is told.
[[nodiscard]] bool warns_on_its_last_try(const Branch& loop);

// The variables that the loop sets.
[[nodiscard]] std::vector<std::string_view> names_set_in(const Branch& loop);

[[nodiscard]] bool mentions_one_of(std::string_view text,
                                   const std::vector<std::string_view>& names);

}  // namespace composelint
