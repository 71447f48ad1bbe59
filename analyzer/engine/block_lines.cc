#include "analyzer/engine/block_lines.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint::engine {

namespace {

using hosts::HostKind;

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

std::string_view without_indentation(std::string_view line) {
  return line.substr(indentation(line));
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool has_sections(HostKind kind) {
  return kind == HostKind::kSystemd || kind == HostKind::kMise;
}

// An item of a YAML list may stand as far left as the key that it belongs to.
bool is_item(HostKind kind, std::string_view line) {
  static constexpr std::array<HostKind, 9> kOthers = {
      HostKind::kShell,   HostKind::kMakefile, HostKind::kJustfile,
      HostKind::kSystemd, HostKind::kCrontab,  HostKind::kDockerfile,
      HostKind::kMise,    HostKind::kProcfile, HostKind::kMarkdown};
  if (std::find(kOthers.begin(), kOthers.end(), kind) != kOthers.end()) return false;
  const std::string_view text = without_indentation(line);
  return text.starts_with('-') && (text.size() == 1 || is_blank(text.substr(1, 1)));
}

// `ifdef` and its like stand at the margin inside of a recipe.
bool is_condition_of_make(HostKind kind, std::string_view line) {
  if (kind != HostKind::kMakefile) return false;
  static constexpr std::array<std::string_view, 6> kWords = {"ifeq",   "ifneq", "ifdef",
                                                             "ifndef", "else",  "endif"};
  const std::string_view text = without_indentation(line);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

LineRange section_at(const SourceFile& file, std::uint32_t line) {
  LineRange range{line, line};
  while (range.last < file.line_count() && !file.line_text(range.last + 1).starts_with('[')) {
    ++range.last;
  }
  return range;
}

}  // namespace

LineRange block_at(const SourceFile& file, HostKind kind, std::uint32_t line) {
  LineRange range{line, line};
  if (line > file.line_count()) return range;
  const std::string_view head = file.line_text(line);
  if (has_sections(kind) && head.starts_with('[')) return section_at(file, line);
  const std::size_t margin = indentation(head);
  const bool items_too = !is_item(kind, head);
  for (std::uint32_t at = line + 1; at <= file.line_count(); ++at) {
    const std::string_view text = file.line_text(at);
    if (is_blank(text) || without_indentation(text).starts_with('#')) continue;
    if (is_condition_of_make(kind, text)) continue;
    const std::size_t here = indentation(text);
    if (here < margin || (here == margin && !(items_too && is_item(kind, text)))) break;
    range.last = at;
  }
  return range;
}

}  // namespace composelint::engine
