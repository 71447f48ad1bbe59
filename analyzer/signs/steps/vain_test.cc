#include "analyzer/signs/steps/vain_test.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace composelint {

std::string_view line_around(std::string_view text, std::size_t at) {
  const std::size_t from = text.rfind('\n', at) + 1;  // npos + 1 is 0
  return text.substr(from, std::min(text.find('\n', at), text.size()) - from);
}

bool is_tested_for_text(std::string_view text, std::size_t at) {
  const std::string_view line = line_around(text, at);
  at -= static_cast<std::size_t>(line.data() - text.data());
  const std::size_t open = line.rfind("[ ", at);
  const std::size_t close = line.find(" ]", at);
  if (open == std::string_view::npos || close == std::string_view::npos) return false;
  std::string_view word = line.substr(open + 2, close - open - 2);
  while (word.starts_with(' ')) word.remove_prefix(1);
  while (word.ends_with(' ')) word.remove_suffix(1);
  char quote = '\0';
  bool compares = false;
  for (const char c : word) {
    if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    } else if (quote == '\0') {
      if (c == ' ') return false;
      compares |= c == '=';
    }
  }
  return compares;
}

}  // namespace composelint
