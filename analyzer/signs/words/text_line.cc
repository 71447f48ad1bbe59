#include "analyzer/signs/words/text_line.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace composelint {

TextLine line_at(std::string_view bytes, std::size_t at) {
  TextLine line;
  const std::size_t before = at == 0 ? std::string_view::npos : bytes.rfind('\n', at - 1);
  line.begin = before == std::string_view::npos ? 0 : before + 1;
  line.end = std::min(bytes.find('\n', at), bytes.size());
  line.next = line.end + 1;
  if (line.end > line.begin && bytes[line.end - 1] == '\r') --line.end;
  const std::string_view text = bytes.substr(line.begin, line.end - line.begin);
  line.column = text.find_first_not_of(" \t");
  line.comment = line.column != std::string_view::npos && text[line.column] == '#';
  return line;
}

bool is_commented_out(std::string_view bytes, const TextLine& line) {
  std::string_view text = bytes.substr(line.begin, line.end - line.begin).substr(line.column);
  text.remove_prefix(std::min(text.find_first_not_of("# \t"), text.size()));
  if (text.starts_with("- ")) return true;
  const std::size_t end = text.find_first_of(" \t:=");
  if (end == 0 || end == std::string_view::npos || text[end] == ' ') return false;
  const std::string_view rest = text.substr(end + 1);
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool prose = end > 1 && !lower(text[0]) && lower(text[1]);
  return text[end] == '=' || (!prose && (rest.empty() || rest.front() == ' '));
}

bool blanks_follow(std::string_view bytes, std::size_t at) {
  while (at < bytes.size()) {
    const TextLine line = line_at(bytes, at);
    if (line.column != std::string_view::npos) return false;
    if (line.end > line.begin) return true;
    at = line.next;
  }
  return false;
}

}  // namespace composelint
