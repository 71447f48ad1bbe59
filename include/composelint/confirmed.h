// Destructive work that has to be asked for in so many words: `[ "$2" = --confirm-restore ]`.
#pragma once

#include <composelint/sequence.h>
#include <composelint/timeline.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace composelint {

// The test compares a value of the caller with a word of consent.
[[nodiscard]] inline bool asks_for_consent(std::string_view test) {
  static constexpr std::array<std::string_view, 5> kWords = {"confirm", "--yes", "destructive",
                                                             "understand", "i-know"};
  if (test.find('$') == std::string_view::npos || test.find('=') == std::string_view::npos) {
    return false;
  }
  std::string text(test);
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return text.find(word) != std::string::npos;
  });
}

// The step runs on the way on which consent was given, or behind a test that ends the script
// without it.
[[nodiscard]] inline bool confirmed_before(const Timeline& timeline, const Step& step) {
  const std::size_t at = index_of(timeline, step);
  for (std::size_t i = 0; i < timeline.branches.size(); ++i) {
    const Branch& branch = timeline.branches[i];
    if (!branch.condition || !asks_for_consent(branch.condition.text())) continue;
    const bool on_it = std::any_of(step.conditions.begin(), step.conditions.end(),
                                   [&](const Condition& way) { return way.branch == i; });
    const bool before =
        branch.condition.file != step.span.file || branch.condition.begin < step.span.begin;
    const bool leaves = std::any_of(branch.leaves.begin(), branch.leaves.end(),
                                    [&](std::size_t end) { return end > at; });
    if (on_it || (before && leaves)) return true;
  }
  return false;
}

}  // namespace composelint
