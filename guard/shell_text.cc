#include "guard/shell_text.h"

#include <algorithm>

namespace composelint::guard {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool separates(char c) {
  return std::string_view(";|&()`\n").find(c) != std::string_view::npos;
}

// Where the word at `at` ends.
std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_blank(text[at]) && !separates(text[at])) {
    const char c = text[at];
    if (c == '\\') {
      at += 2;
    } else if (c == '\'') {
      at = std::min(text.find('\'', at + 1), text.size()) + 1;
    } else if (c == '"') {
      ++at;
      while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
      ++at;
    } else {
      ++at;
    }
  }
  return std::min(at, text.size());
}

}  // namespace

std::vector<std::vector<std::pair<std::size_t, std::size_t>>> shell_commands(
    std::string_view text) {
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> out(1);
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (separates(text[at])) {
      if (!out.back().empty()) out.emplace_back();
      ++at;
      continue;
    }
    std::size_t begin = at;
    std::size_t end = at = end_of_word(text, at);
    const char quote = text[begin];
    const bool quoted = (quote == '\'' || quote == '"') && end - begin >= 2 &&
                        text[end - 1] == quote &&
                        (quote == '"' || text.find(quote, begin + 1) == end - 1);
    if (quoted) {
      ++begin;
      --end;
    }
    out.back().emplace_back(begin, end);
  }
  return out;
}

}  // namespace composelint::guard
