// "Did you mean": the known word that a misspelt one is closest to.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace composelint::text {

// The candidate that the fewest insertions, deletions, replacements and swaps of neighbours turn
// `word` into; the first of equals. Nothing when even the best would be a guess.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string_view> candidates);

}  // namespace composelint::text
