#include "analyzer/hosts/placeholders.h"

#include <algorithm>
#include <cctype>

namespace composelint::hosts {
namespace {

using std::string_view;

constexpr std::size_t kLongest = 80;  // a placeholder; `<` further apart from `>` redirects

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// `<your service>`: text in it, none of it a blank at the end (`mysql <dump.sql >log` redirects).
std::size_t angle_size(string_view line, std::size_t at) {
  if (at > 0 && line[at - 1] == '<') return 0;
  const std::size_t end = line.substr(0, at + kLongest).find_first_of("<>$\"|;&`", at + 1);
  if (end == string_view::npos || line[end] != '>' || end == at + 1) return 0;
  if (!is_word(line[at + 1]) || is_blank(line[end - 1])) {
    return 0;
  }
  return end + 1 - at;
}

// `[options]`, `[--rm]`: a word of its own, and no test, which has a blank behind its bracket.
std::size_t square_size(string_view line, std::size_t at) {
  if (at > 0 && !is_blank(line[at - 1])) return 0;
  if (at + 1 >= line.size()) return 0;
  if (!is_word(line[at + 1]) && line[at + 1] != '-' && line[at + 1] != '<') return 0;
  const std::size_t end = line.substr(0, at + kLongest).find(']', at + 1);
  if (end == string_view::npos || is_blank(line[end - 1])) return 0;
  const std::size_t past = line.find_first_not_of(". \t", end + 1);
  const bool alone = end + 1 == line.size() || is_blank(line[end + 1]) || line[end + 1] == '.';
  return alone && (past == string_view::npos || past > end + 1 || line[end + 1] == '.')
             ? end + 1 - at
             : 0;
}

// `{service_name}`, with no comma, which would make it a brace expansion.
std::size_t brace_size(string_view line, std::size_t at) {
  if (at > 0 && (line[at - 1] == '$' || line[at - 1] == '{' || line[at - 1] == '\\')) return 0;
  std::size_t end = at + 1;
  while (end < line.size() && (is_word(line[end]) || line[end] == '-' || line[end] == ' ')) ++end;
  if (end >= line.size() || line[end] != '}' || end == at + 1) return 0;
  return is_blank(line[at + 1]) || is_blank(line[end - 1]) ? 0 : end + 1 - at;
}

// `...` and its one-character form as a word.
std::size_t dots_size(string_view line, std::size_t at) {
  if (at > 0 && !is_blank(line[at - 1])) return 0;
  const string_view rest = line.substr(at);
  const std::size_t size = rest.starts_with("\xE2\x80\xA6") || rest.starts_with("...") ? 3 : 0;
  return size != 0 && (rest.size() == size || is_blank(rest[size])) ? size : 0;
}

std::size_t placeholder_size(string_view line, std::size_t at) {
  switch (line[at]) {
    case '<': return angle_size(line, at);
    case '[': return square_size(line, at);
    case '{': return brace_size(line, at);
    case '.':
    case '\xE2': return dots_size(line, at);
    default: return 0;
  }
}

}  // namespace

void copy_with_placeholders(TextBuilder& out, std::uint32_t begin, std::uint32_t end) {
  const string_view line = out.file().bytes().substr(begin, end - begin);
  std::uint32_t copied = 0;
  for (std::uint32_t at = 0; at < line.size();) {
    const auto size = static_cast<std::uint32_t>(placeholder_size(line, at));
    if (size == 0) {
      ++at;
      continue;
    }
    out.copy(begin + copied, begin + at);
    const string_view whole = line.substr(at, size);
    const bool bracketed = whole.front() == '<' || whole.front() == '[' || whole.front() == '{';
    out.fill_in(bracketed ? whole.substr(1, size - 2) : whole, begin + at, begin + at + size);
    at += size;
    copied = at;
  }
  out.copy(begin + copied, end);
}

}  // namespace composelint::hosts
