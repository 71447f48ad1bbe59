#include "analyzer/signs/steps/block_parts.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/text_line.h"

namespace composelint {

namespace {

// Comments that are further in than `column` go with what stands before them: moves `end` behind
// them. Those right above `line_begin` go with what stands there: moves `begin` up. False where one
// goes with neither, or nobody knows with which.
bool share_comments(std::string_view bytes, std::size_t column, std::size_t& end,
                    std::size_t& begin) {
  const std::size_t line_begin = begin;
  for (std::size_t at = line_at(bytes, end).next; at < line_begin;) {
    const TextLine line = line_at(bytes, at);
    at = line.next;
    if (line.column == std::string_view::npos) {
      if (begin < line_begin) return false;
    } else if (!line.comment || (line.column <= column && is_commented_out(bytes, line))) {
      return false;
    } else if (line.column > column) {
      if (begin < line_begin) return false;
      end = line.end;
    } else {
      begin = std::min(begin, line.begin);
    }
  }
  return true;
}

// The end of what is written of a value, blanks and the blank lines of a block scalar aside.
std::size_t end_of_text(std::string_view bytes, const yaml::Node& first, const yaml::Node& value) {
  std::size_t end = std::max({value.span.end, value.properties.end, first.span.end});
  if (first.span.end < bytes.size() && bytes[first.span.end] == ':') {
    end = std::max<std::size_t>(end, first.span.end + 1);
  }
  while (end > first.span.end &&
         std::string_view(" \t\r\n").find(bytes[end - 1]) != std::string_view::npos) {
    --end;
  }
  return end;
}

// Whether the text of a value ends where a block scalar does, to which lines of blanks may belong.
bool ends_in_block_scalar(const yaml::Node& value) {
  const yaml::Node* node = &value;
  while (!node->flow && (!node->items.empty() || !node->entries.empty())) {
    node = node->items.empty() ? node->entries.back().value : node->items.back();
  }
  using yaml::ScalarStyle;
  return node->style == ScalarStyle::kLiteral || node->style == ScalarStyle::kFolded;
}

// Where the part's own first byte is: its key, its dash. Nothing where something stands before it.
std::optional<std::size_t> start_of(std::string_view bytes, const yaml::Node& first, bool is_item) {
  std::size_t at = first.span.begin;
  if (first.properties.end > first.properties.begin) {
    at = std::min<std::size_t>(at, first.properties.begin);
  }
  const std::size_t begin = line_at(bytes, at).begin;
  const std::string_view before = bytes.substr(begin, at - begin);
  const std::size_t text = before.find_first_not_of(' ');
  if (!is_item) return text == std::string_view::npos ? std::optional(at) : std::nullopt;
  const bool dash = text != std::string_view::npos && before[text] == '-' &&
                    before.find_first_not_of(' ', text + 1) == std::string_view::npos;
  return dash ? std::optional(begin + text) : std::nullopt;
}

}  // namespace

std::optional<std::vector<BlockPart>> block_parts(const yaml::Node& collection, HeadComments head) {
  const bool is_list = collection.kind == yaml::NodeKind::kSequence;
  const std::size_t count = is_list ? collection.items.size() : collection.entries.size();
  if (collection.flow || count == 0) return std::nullopt;
  const std::string_view bytes = collection.span.file->bytes();
  std::vector<BlockPart> parts;
  std::size_t column = 0;
  bool scalar = false;
  for (std::size_t i = 0; i < count; ++i) {
    const yaml::Node& first = is_list ? *collection.items[i] : *collection.entries[i].key;
    const yaml::Node& value = is_list ? first : *collection.entries[i].value;
    const auto start = start_of(bytes, first, is_list);
    if (!start) return std::nullopt;
    BlockPart part;
    part.begin = part.line = line_at(bytes, *start).begin;
    column = *start - part.begin;
    if (i > 0) {
      if (!share_comments(bytes, column, parts.back().end, part.begin)) return std::nullopt;
    } else {
      while (part.begin > 0 && line_at(bytes, part.begin - 1).comment) {
        if (head == HeadComments::kOfTheWhole) return std::nullopt;
        part.begin = line_at(bytes, part.begin - 1).begin;
        if (is_commented_out(bytes, line_at(bytes, part.begin))) return std::nullopt;
      }
    }
    part.end = line_at(bytes, end_of_text(bytes, first, value)).end;
    parts.push_back(part);
    scalar |= ends_in_block_scalar(value);
  }
  // Behind the last part: what is further in is its own.
  for (std::size_t at = line_at(bytes, parts.back().end).next; at < bytes.size();) {
    const TextLine line = line_at(bytes, at);
    if (!line.comment) break;
    if (line.column <= column && is_commented_out(bytes, line)) return std::nullopt;
    if (line.column <= column) break;
    parts.back().end = line.end;
    at = line.next;
  }
  const bool blanks = std::any_of(parts.begin(), parts.end(), [&](const BlockPart& part) {
    return blanks_follow(bytes, line_at(bytes, part.end).next);
  });
  if (scalar && blanks) return std::nullopt;
  return parts;
}

}  // namespace composelint
