// Looking ahead in the text of a script: how far a construct reaches that the reader keeps as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace composelint::shell {

[[nodiscard]] constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
[[nodiscard]] constexpr bool is_space(char c) {
  return is_blank(c) || c == '\n';
}
[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
[[nodiscard]] constexpr bool is_name(char c) {
  return is_name_start(c) || is_digit(c);
}
// Ends an unquoted word (POSIX 2.2 and 2.3).
[[nodiscard]] constexpr bool is_meta(char c) {
  return is_space(c) || c == ';' || c == '&' || c == '|' || c == '<' || c == '>' || c == '(' ||
         c == ')';
}

// The bracket at `at` belongs to a blank to fill in, `--email=<user-email>`: the shell would
// redirect, and nobody means that.
[[nodiscard]] bool is_of_placeholder(std::string_view text, std::uint32_t at);
// The length of the variable name `text` starts with.
[[nodiscard]] std::uint32_t name_size(std::string_view text);
// The offset behind the parenthesis that closes the one at `open`, quotes heeded; `open` without.
[[nodiscard]] std::uint32_t matching_parenthesis(std::string_view text, std::uint32_t open);
// The size of the bracket expression `text` starts with; 0 when it is none, or holds quotes,
// expansions or blanks.
[[nodiscard]] std::uint32_t bracket_size(std::string_view text);
// The size of the brace expansion `text` starts with, 0 when it is none or holds quotes or
// expansions.
[[nodiscard]] std::uint32_t brace_size(std::string_view text);
// Appends what the escape of $'…' at the start of `text` stands for; its size.
[[nodiscard]] std::uint32_t decode_escape_at(std::string_view text, std::string& out);

}  // namespace composelint::shell
