#include "analyzer/engine/wildcard.h"

#include <algorithm>

namespace composelint::engine {

// One place to come back to suffices: a later star can take over what an earlier one swallowed.
bool wildcard_matches(std::string_view pattern, std::string_view text) {
  std::size_t in_pattern = 0;
  std::size_t in_text = 0;
  std::size_t star = std::string_view::npos;
  std::size_t back = 0;
  while (in_text < text.size()) {
    const char wanted = in_pattern < pattern.size() ? pattern[in_pattern] : '\0';
    if (wanted == '*' && in_pattern < pattern.size()) {
      star = in_pattern++;
      back = in_text;
    } else if (in_pattern < pattern.size() && (wanted == '?' || wanted == text[in_text])) {
      ++in_pattern;
      ++in_text;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      in_text = ++back;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

bool any_wildcard_matches(const std::vector<std::string>& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return wildcard_matches(pattern, text); });
}

}  // namespace composelint::engine
