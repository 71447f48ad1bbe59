// Characters as Go's unicode package sees them, as far as env files need it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint::compose {

struct Rune {
  char32_t code = 0;
  std::size_t size = 1;  // bytes
};

// The character at `at`; a byte that starts none comes as U+FFFD of size 1.
[[nodiscard]] Rune rune_at(std::string_view text, std::size_t at);
void append_utf8(char32_t code, std::string& out);

[[nodiscard]] bool is_space(char32_t code);  // unicode.IsSpace
[[nodiscard]] bool is_blank(char32_t code);  // space on a line
// Letters and digits of ASCII, and of other scripts by block: symbols and punctuation are out.
[[nodiscard]] bool is_letter_or_number(char32_t code);
[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

[[nodiscard]] std::string_view trim_left(std::string_view text);
[[nodiscard]] std::string_view trim_right(std::string_view text);
[[nodiscard]] inline std::string_view trim(std::string_view text) {
  return trim_left(trim_right(text));
}

// The character of "\0<digits>". Only three octal digits make one; others stay, without the zero.
void append_octal_escape(std::string_view digits, std::string& out);

}  // namespace composelint::compose
