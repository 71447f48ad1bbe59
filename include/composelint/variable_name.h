// Names of variables, as shells, make and compose know them.
#pragma once

#include <algorithm>
#include <string_view>

namespace composelint {

[[nodiscard]] constexpr bool begins_a_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// `1` of `$1` is part of one, though it begins none.
[[nodiscard]] constexpr bool is_part_of_a_name(char c) {
  return begins_a_name(c) || (c >= '0' && c <= '9');
}

// "app" of "app}/x"; empty where the text begins with something else. Of "1st", all of it.
[[nodiscard]] inline std::string_view leading_name(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_part_of_a_name);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// "app", "1" and "1st": what `$` may stand in front of.
[[nodiscard]] inline bool has_letters_of_a_name(std::string_view text) {
  return !text.empty() && leading_name(text).size() == text.size();
}

[[nodiscard]] inline bool is_variable_name(std::string_view text) {
  return has_letters_of_a_name(text) && begins_a_name(text.front());
}

}  // namespace composelint
