#include "analyzer/shell/characters.h"

#include <algorithm>

namespace composelint::shell {
namespace {

// Behind the quoted string at `at`, or `at` where none starts.
std::uint32_t skip_quoted(std::string_view text, std::uint32_t at) {
  const char quote = text[at];
  if (quote != '"' && quote != '\'') return at;
  for (std::uint32_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"')
      ++i;
    else if (text[i] == quote)
      return i + 1;
  }
  return at;
}

void append_code_point(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | ((code >> 18) & 7));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

// Reads up to `most` digits of `base` at `i`, which ends behind them; none read: false.
bool read_digits(std::string_view text, std::size_t& i, std::size_t most, std::uint32_t base,
                 std::uint32_t& value) {
  const std::size_t first = i;
  value = 0;
  for (; i < text.size() && i - first < most; ++i) {
    const char c = text[i];
    std::uint32_t digit = 99;
    if (is_digit(c))
      digit = static_cast<std::uint32_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      digit = static_cast<std::uint32_t>(c - 'a') + 10;
    else if (c >= 'A' && c <= 'F')
      digit = static_cast<std::uint32_t>(c - 'A') + 10;
    if (digit >= base) break;
    value = value * base + digit;
  }
  return i > first;
}

// \NNN, \xHH, \uHHHH, \UHHHHHHHH, the letter or first digit at `i`; false when no digit follows.
bool decode_number(std::string_view text, std::size_t& i, std::string& out) {
  const char c = text[i];
  std::uint32_t value = 0;
  if (is_digit(c)) {
    if (!read_digits(text, i, 3, 8, value)) return false;
    out += static_cast<char>(value & 0xFF);
    return true;
  }
  std::size_t digits = i + 1;
  const std::size_t most = c == 'x' ? 2 : c == 'u' ? 4 : 8;
  if (!read_digits(text, digits, most, 16, value)) return false;
  i = digits;
  if (c == 'x')
    out += static_cast<char>(value);
  else
    append_code_point(out, value);
  return true;
}

// The escape behind the backslash before `i`.
void decode_escape(std::string_view text, std::size_t& i, std::string& out) {
  static constexpr std::string_view kNames = "abeEfnrtv\\'\"?";
  static constexpr std::string_view kValues = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
  static constexpr std::string_view kNumbers = "01234567xuU";
  const char c = text[i];
  if (const std::size_t named = kNames.find(c); named != std::string_view::npos) {
    out += kValues[named];
    ++i;
  } else if (c == 'c' && i + 1 < text.size()) {
    out += static_cast<char>(text[i + 1] & 0x1F);
    i += 2;
  } else if (kNumbers.find(c) == std::string_view::npos || !decode_number(text, i, out)) {
    out += '\\';
    out += c;
    ++i;
  }
}

// What no bracket or brace expression that is kept as text may hold.
bool is_foreign_to_pattern(char c) {
  return is_meta(c) || c == '"' || c == '\'' || c == '$' || c == '`' || c == '\\';
}

}  // namespace

bool is_of_placeholder(std::string_view text, std::uint32_t at) {
  const auto is_part = [](char c) { return is_name(c) || c == '-'; };
  std::size_t begin = at;
  if (text[at] == '>') {
    while (begin > 0 && is_part(text[begin - 1])) --begin;
    if (begin > 0) --begin;
  }
  if (text[begin] != '<' || begin == 0 || text[begin - 1] != '=') return false;
  std::size_t end = begin + 1;
  while (end < text.size() && is_part(text[end])) ++end;
  if (end == begin + 1 || end == text.size() || text[end] != '>') return false;
  return end + 1 == text.size() || is_space(text[end + 1]);
}

std::uint32_t name_size(std::string_view text) {
  if (text.empty() || !is_name_start(text[0])) return 0;
  std::uint32_t size = 1;
  while (size < text.size() && is_name(text[size])) ++size;
  return size;
}

std::uint32_t matching_parenthesis(std::string_view text, std::uint32_t open) {
  std::uint32_t depth = 0;
  for (std::uint32_t i = open; i < text.size();) {
    const char c = text[i];
    if (c == '\n' && depth == 0) return open;
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) return i + 1;
    if (c == '\\') {
      i += 2;
      continue;
    }
    const std::uint32_t behind = skip_quoted(text, i);
    i = behind > i ? behind : i + 1;
  }
  return open;
}

std::uint32_t bracket_size(std::string_view text) {
  std::size_t i = 1;
  const std::string_view inside = text.substr(std::min<std::size_t>(1, text.size()));
  if (inside.starts_with('!') || inside.starts_with('^')) ++i;
  if (text.substr(std::min(i, text.size())).starts_with(']')) ++i;
  while (i < text.size()) {
    if (text[i] == ']') return static_cast<std::uint32_t>(i) + 1;
    if (is_foreign_to_pattern(text[i]) || text[i] == '/') return 0;
    const bool named = text.substr(i).starts_with("[:");
    const std::size_t close = named ? text.find(":]", i + 2) : i - 1;
    if (close == std::string_view::npos) return 0;
    i = close + 2;
  }
  return 0;
}

std::uint32_t brace_size(std::string_view text) {
  std::uint32_t depth = 0;
  bool separated = false;
  for (std::uint32_t i = 0; i < text.size() && !is_foreign_to_pattern(text[i]); ++i) {
    if (text[i] == '{') ++depth;
    separated = separated || text[i] == ',' || text.substr(i).starts_with("..");
    if (text[i] == '}' && --depth == 0) return separated && i > 1 ? i + 1 : 0;
  }
  return 0;
}

std::uint32_t decode_escape_at(std::string_view text, std::string& out) {
  std::size_t i = 1;
  if (text.size() < 2) {
    out += text;
  } else {
    decode_escape(text, i, out);
  }
  return static_cast<std::uint32_t>(i);
}

}  // namespace composelint::shell
