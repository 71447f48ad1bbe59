#include "analyzer/hosts/unfinished.h"

namespace composelint::hosts {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

}  // namespace

void Unfinished::take(std::string_view line) {
  if (!delimiter_.empty()) {
    if (trim(line) == delimiter_) delimiter_.clear();
    continued_ = false;
    return;
  }
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (quote_ != '\'' && c == '\\') {
      ++at;
    } else if (quote_ != '\0') {
      if (c == quote_) quote_ = '\0';
    } else if (c == '#' && (at == 0 || line[at - 1] == ' ')) {
      line = line.substr(0, at);
    } else if (c == '"' || (c == '\'' && (at == 0 || line[at - 1] != '\\'))) {
      quote_ = c;
    } else if (c == '<' && line.substr(at).starts_with("<<") &&
               !line.substr(at).starts_with("<<<") && (at == 0 || line[at - 1] != '<')) {
      take_delimiter(line, at + 2);
    }
  }
  line = trim(line);
  continued_ = line.ends_with('\\') || line.ends_with('|') || line.ends_with("&&");
}

void Unfinished::take_delimiter(std::string_view line, std::size_t at) {
  if (at < line.size() && line[at] == '-') ++at;
  while (at < line.size() && line[at] == ' ') ++at;
  for (; at < line.size() && std::string_view(" \t;|&<>").find(line[at]) == std::string_view::npos;
       ++at) {
    if (line[at] != '\'' && line[at] != '"' && line[at] != '\\') delimiter_ += line[at];
  }
}

}  // namespace composelint::hosts
