// How the languages of databases are cut into words.
#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace composelint::calls {

template <std::size_t Size>
[[nodiscard]] bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

[[nodiscard]] inline bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

// Whatever is no ASCII may be part of a name.
[[nodiscard]] inline bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace composelint::calls
