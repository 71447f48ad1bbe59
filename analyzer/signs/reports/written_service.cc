#include "analyzer/signs/reports/written_service.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/words/text_line.h"

namespace composelint {

const yaml::Node* written_service(const Service& service, const Project& project) {
  for (const WrittenFile& file : project.written) {
    if (file.file != service.span.file) continue;
    for (const yaml::Node* document : file.documents) {
      if (document == nullptr) continue;
      const yaml::Node* services = document->find("services");
      if (services == nullptr) continue;
      for (const yaml::Entry& entry : services->entries) {
        if (entry.key->span != service.span) continue;
        return entry.value->kind == yaml::NodeKind::kMapping ? entry.value : nullptr;
      }
    }
  }
  return nullptr;
}

namespace {

// The blanks in front of a place; nothing where something else stands there.
std::optional<std::string> indent_of(const Span& span) {
  const std::uint32_t begin = span.file->line_begin(span.file->line_of(span.begin));
  const std::string_view before = span.file->bytes().substr(begin, span.begin - begin);
  if (before.find_first_not_of(' ') != std::string_view::npos) return std::nullopt;
  return std::string(before);
}

// Where a node's text ends; nothing for block scalars, whose end is where the next text begins.
std::optional<std::uint32_t> end_of(const yaml::Node& node) {
  using yaml::NodeKind;
  using yaml::ScalarStyle;
  if (node.kind == NodeKind::kSequence && !node.flow && !node.items.empty()) {
    return end_of(*node.items.back());
  }
  if (node.kind == NodeKind::kMapping && !node.flow && !node.entries.empty()) {
    return end_of(*node.entries.back().value);
  }
  if (node.style == ScalarStyle::kLiteral || node.style == ScalarStyle::kFolded) {
    return std::nullopt;
  }
  return node.properties ? std::max(node.span.end, node.properties.end) : node.span.end;
}

// A line of its own behind the one that `at` is in; `text` holds its indentation.
Edit line_behind(const SourceFile& file, std::uint32_t at, std::string_view text) {
  const std::string_view bytes = file.bytes();
  std::size_t end = std::min(bytes.find('\n', at), bytes.size());
  const bool carriage = end > 0 && end < bytes.size() && bytes[end - 1] == '\r';
  if (carriage) --end;
  const auto place = static_cast<std::uint32_t>(end);
  std::string out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t stop = std::min(text.find('\n', from), text.size());
    out += (carriage ? "\r\n" : "\n") + std::string(text.substr(from, stop - from));
    from = stop + 1;
  }
  return {{&file, place, place}, std::move(out)};
}

// Behind the comments that go on with what ends at `end`: those as far in as the keys around it,
// those that were as far in before `#` was put in front of the line.
std::uint32_t behind_comments(const SourceFile& file, std::uint32_t end, std::size_t column) {
  const std::string_view bytes = file.bytes();
  for (std::size_t at = line_at(bytes, end).next; at < bytes.size();) {
    const TextLine line = line_at(bytes, at);
    if (!line.comment) break;
    const std::size_t text = bytes.find_first_not_of("# \t", line.begin);
    const bool deep = text < line.end && text - line.begin > column;
    if (line.column < column && !deep) break;
    end = static_cast<std::uint32_t>(line.end);
    at = line.next;
  }
  return end;
}

}  // namespace

std::optional<Edit> append_list(const yaml::Node& mapping, std::string_view key,
                                std::string_view item) {
  if (mapping.kind != yaml::NodeKind::kMapping || mapping.entries.empty()) return std::nullopt;
  const yaml::Node& last = *mapping.entries.back().value;
  const auto end = end_of(last);
  if (!end) return std::nullopt;
  const SourceFile* file = mapping.span.file;
  if (mapping.flow) {
    const std::string text = ", " + std::string(key) + ": [\"" + std::string(item) + "\"]";
    return Edit{{file, *end, *end}, text};
  }
  const auto indent = indent_of(mapping.entries.front().key->span);
  if (!indent) return std::nullopt;
  return line_behind(*file, behind_comments(*file, *end, indent->size()),
                     *indent + std::string(key) + ":\n" + *indent + "  - " + std::string(item));
}

std::optional<Edit> append_item(const yaml::Node& list, std::string_view item) {
  if (list.kind != yaml::NodeKind::kSequence) return std::nullopt;
  const SourceFile* file = list.span.file;
  if (list.items.empty()) {
    const std::uint32_t behind = list.span.begin + 1;
    return Edit{{file, behind, behind}, "\"" + std::string(item) + "\""};
  }
  const auto end = end_of(*list.items.back());
  if (!end) return std::nullopt;
  if (list.flow) return Edit{{file, *end, *end}, ", \"" + std::string(item) + "\""};
  const Span first = list.items.front()->span;
  const std::uint32_t begin = file->line_begin(file->line_of(first.begin));
  const std::string before(file->bytes().substr(begin, first.begin - begin));
  const std::size_t dash = before.find_first_not_of(' ');
  if (dash == std::string::npos || before[dash] != '-' ||
      before.find_first_not_of(' ', dash + 1) != std::string::npos) {
    return std::nullopt;
  }
  return line_behind(*file, *end, before + std::string(item));
}

}  // namespace composelint
