#include "analyzer/yaml/source_text.h"

#include <algorithm>

namespace composelint::yaml {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

bool is_break(char c) {
  return c == '\n' || c == '\r';
}

bool is_flow_indicator(char c) {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

}  // namespace

std::size_t SourceText::line_end(std::size_t at) const {
  return std::min(bytes_.find('\n', at), bytes_.size());
}

std::size_t SourceText::skip_blank(std::size_t at) const {
  if (at == 0 && bytes_.starts_with(kByteOrderMark)) at = kByteOrderMark.size();
  while (at < bytes_.size()) {
    if (is_space(bytes_[at]) || is_break(bytes_[at])) {
      ++at;
    } else if (bytes_[at] == '#') {
      at = line_end(at);
    } else {
      break;
    }
  }
  return at;
}

std::size_t SourceText::property_end(std::size_t at) const {
  if (bytes_.substr(at).starts_with("!<")) {
    return std::min(bytes_.find('>', at), bytes_.size() - 1) + 1;
  }
  const bool tag = this->at(at) == '!';
  for (; at < bytes_.size(); ++at) {
    const char c = bytes_[at];
    if (is_space(c) || is_break(c) || is_flow_indicator(c)) break;
    if (tag && c == '"') break;
  }
  return at;
}

std::optional<std::size_t> SourceText::quoted_end(std::size_t at) const {
  const char quote = bytes_[at];
  const std::string_view stops = quote == '"' ? "\"\\" : "'";
  for (++at; (at = bytes_.find_first_of(stops, at)) != std::string_view::npos; ++at) {
    if (bytes_[at] == '\\') {
      ++at;
    } else if (quote == '\'' && this->at(at + 1) == '\'') {
      ++at;
    } else {
      return at + 1;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> SourceText::plain_end(std::size_t at, std::string_view value) const {
  if (bytes_.substr(at).starts_with(value)) return at + value.size();
  // Folding turns a run of white space with line ends in it into one space or some line feeds.
  std::size_t i = 0;
  while (i < value.size() && at < bytes_.size()) {
    if (value[i] == bytes_[at] && !is_break(bytes_[at]) && !is_space(bytes_[at])) {
      ++i;
      ++at;
      continue;
    }
    std::size_t run = at;
    while (run < bytes_.size() && (is_space(bytes_[run]) || is_break(bytes_[run]))) ++run;
    if (run == at) return std::nullopt;
    std::size_t folded = i;
    while (folded < value.size() && (is_space(value[folded]) || value[folded] == '\n')) ++folded;
    if (folded == i) return std::nullopt;
    at = run;
    i = folded;
  }
  return i == value.size() ? std::optional(at) : std::nullopt;
}

std::size_t SourceText::block_end(std::size_t at, int parent_column) const {
  std::size_t header = at + 1;
  int indent = 0;
  bool keep = false;
  for (; header < bytes_.size(); ++header) {
    const char c = bytes_[header];
    if (c == '+')
      keep = true;
    else if (c >= '1' && c <= '9')
      indent = std::max(parent_column, 0) + (c - '0');
    else if (c != '-')
      break;
  }
  std::size_t end = header;
  std::size_t line = line_end(header);
  while (line < bytes_.size()) {
    const std::size_t begin = line + 1;
    const std::size_t first = std::min(bytes_.find_first_not_of(' ', begin), bytes_.size());
    line = line_end(begin);
    const int spaces = static_cast<int>(first - begin);
    const bool blank = first >= line || (bytes_[first] == '\r' && first + 1 == line);
    if (blank && (indent == 0 || spaces <= indent)) {
      if (keep) end = std::min(line + 1, bytes_.size());
      continue;
    }
    // A tab indents nothing: what stands behind it is refused as the next token.
    if (indent == 0) indent = spaces > parent_column && this->at(first) != '\t' ? spaces : -1;
    const bool marker =
        first == begin && spaces == 0 &&
        (bytes_.substr(begin).starts_with("---") || bytes_.substr(begin).starts_with("..."));
    if (indent < 0 || spaces < indent || (parent_column < 0 && marker)) break;
    end = keep ? std::min(line + 1, bytes_.size()) : line - (bytes_[line - 1] == '\r' ? 1 : 0);
  }
  return end;
}

int SourceText::column(std::size_t at) const {
  const std::size_t newline = at == 0 ? std::string_view::npos : bytes_.rfind('\n', at - 1);
  const std::size_t begin = newline != std::string_view::npos    ? newline + 1
                            : bytes_.starts_with(kByteOrderMark) ? kByteOrderMark.size()
                                                                 : 0;
  return at < begin ? 0 : static_cast<int>(at - begin);
}

bool SourceText::same_line(std::size_t from, std::size_t to) const {
  return from <= to && slice(from, to).find('\n') == std::string_view::npos;
}

}  // namespace composelint::yaml
