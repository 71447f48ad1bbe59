#include "analyzer/yaml/strict.h"

#include <algorithm>

namespace composelint::yaml {

std::optional<std::size_t> stray_tab(const SourceText& source, const GapStart& start,
                                     std::size_t end) {
  // At the start of a line and behind the indicators of a block something may begin, and a tab
  // begins nothing.
  bool may_begin = start.line_start;
  int plain_column = start.plain_column;
  for (std::size_t at = start.at; at < end; ++at) {
    switch (source.at(at)) {
      case '\n': may_begin = true; break;
      case '\t': {
        const bool inside = plain_column >= 0 && source.column(at) >= plain_column;
        if (may_begin && !inside) return at;
        break;
      }
      case '#':
        at = source.line_end(at) - 1;
        plain_column = -1;
        break;
      case ' ':
      case '\r': break;
      case '-':
      case '?':
        may_begin = true;
        plain_column = -1;
        break;
      default:
        may_begin = false;
        plain_column = -1;
        break;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> slash_escape(const SourceText& source, std::size_t begin,
                                        std::size_t end) {
  const std::string_view text = source.slice(begin, end);
  for (std::size_t at = text.find('\\'); at != std::string_view::npos;
       at = text.find('\\', at + 2)) {
    if (text[at + 1] == '/') return begin + at;
  }
  return std::nullopt;
}

bool is_anchor_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

bool is_property_end(const SourceText& source, char first, std::size_t end) {
  const char next = source.at(end);
  if (next == ' ' || next == '\t' || next == '\n' || next == '\r' || next == '\0') return true;
  return first != '!' && (next == ',' || next == ']' || next == '}');
}

bool is_explicit_key(const SourceText& source, std::size_t begin) {
  while (begin > 0 && (source.at(begin - 1) == ' ' || source.at(begin - 1) == '\n')) --begin;
  return begin > 0 && source.at(begin - 1) == '?';
}

}  // namespace composelint::yaml
