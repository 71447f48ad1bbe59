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

std::size_t leading_blanks(std::string_view text) {
  const auto end =
      std::find_if_not(text.begin(), text.end(), [](char c) { return is_space(c) || is_break(c); });
  return static_cast<std::size_t>(end - text.begin());
}

bool is_document_marker(std::string_view line) {
  return line.starts_with("---") || line.starts_with("...");
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
  at = bytes_.find_first_of(stops, at + 1);
  while (at != std::string_view::npos) {
    const bool doubled = quote == '\'' && this->at(at + 1) == '\'';
    if (bytes_[at] != '\\' && !doubled) return at + 1;
    at = bytes_.find_first_of(stops, at + 2);
  }
  return std::nullopt;
}

std::optional<std::size_t> SourceText::plain_end(std::size_t at, std::string_view value) const {
  if (bytes_.substr(at).starts_with(value)) return at + value.size();
  // Folding turns a run of white space with line ends in it into one space or some line feeds.
  while (!value.empty()) {
    const std::size_t written = leading_blanks(bytes_.substr(std::min(at, bytes_.size())));
    const std::size_t folded = leading_blanks(value);
    if ((written == 0) != (folded == 0)) return std::nullopt;
    at += written;
    value.remove_prefix(folded);
    if (folded > 0) continue;
    if (this->at(at) != value.front()) return std::nullopt;
    ++at;
    value.remove_prefix(1);
  }
  return at;
}

SourceText::BlockHeader SourceText::block_header(std::size_t at, int parent_column) const {
  BlockHeader header;
  for (header.end = at + 1; header.end < bytes_.size(); ++header.end) {
    const char c = bytes_[header.end];
    if (c == '+') {
      header.keep = true;
    } else if (c >= '1' && c <= '9') {
      header.indent = std::max(parent_column, 0) + (c - '0');
    } else if (c != '-') {
      break;
    }
  }
  return header;
}

// The width that the first line with something in it gives to a block scalar; -1: it is none of it.
int SourceText::detected_indent(std::size_t first, int spaces, int parent_column) const {
  // A tab indents nothing: what stands behind it is refused as the next token.
  return spaces > parent_column && at(first) != '\t' ? spaces : -1;
}

SourceText::BlockLine SourceText::block_line(std::size_t begin) const {
  BlockLine line;
  line.feed = line_end(begin);
  line.first = std::min(bytes_.find_first_not_of(' ', begin), bytes_.size());
  line.spaces = static_cast<int>(line.first - begin);
  line.end = line.feed > begin && bytes_[line.feed - 1] == '\r' ? line.feed - 1 : line.feed;
  return line;
}

std::size_t SourceText::block_end(std::size_t at, int parent_column) const {
  const BlockHeader header = block_header(at, parent_column);
  int indent = header.indent;
  std::size_t end = header.end;
  for (std::size_t feed = line_end(end); feed < bytes_.size();) {
    const BlockLine line = block_line(feed + 1);
    const bool marker = parent_column < 0 && is_document_marker(bytes_.substr(feed + 1));
    feed = line.feed;
    if (line.first < line.end || (indent > 0 && line.spaces > indent)) {
      if (indent == 0) indent = detected_indent(line.first, line.spaces, parent_column);
      if (indent < 0 || line.spaces < indent || marker) break;
      end = line.end;
    }
    if (header.keep) end = std::min(feed + 1, bytes_.size());
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
