#include "analyzer/report/excerpt.h"

#include <algorithm>
#include <utility>

namespace composelint::report {

namespace {

constexpr std::uint32_t kMostLines = 6;

// A text with the ranges in it that are new.
struct Patch {
  std::string text;
  std::vector<Mark> added;
};

bool fits(const std::vector<Edit>& edits) {
  const SourceFile* file = edits.front().span.file;
  std::uint32_t after = 0;
  for (const Edit& edit : edits) {
    if (file == nullptr || edit.span.file != file || edit.span.begin < after) return false;
    if (edit.span.end < edit.span.begin || edit.span.end > file->size()) return false;
    after = edit.span.end;
  }
  return true;
}

Patch apply_to_lines(const std::vector<Edit>& edits) {
  const SourceFile& file = *edits.front().span.file;
  std::uint32_t copied = file.line_begin(file.line_of(edits.front().span.begin));
  Patch patch;
  for (const Edit& edit : edits) {
    patch.text += file.bytes().substr(copied, edit.span.begin - copied);
    patch.added.emplace_back(patch.text.size(), patch.text.size() + edit.replacement.size());
    patch.text += edit.replacement;
    copied = edit.span.end;
  }
  const std::size_t end = file.bytes().find('\n', copied);
  patch.text += file.bytes().substr(copied, std::min(end, file.bytes().size()) - copied);
  return patch;
}

}  // namespace

MarkedLine excerpt(const Span& span, char mark, std::size_t columns) {
  const SourceFile& file = *span.file;
  const std::uint32_t number = file.line_of(span.begin);
  std::uint32_t begin = file.line_begin(number);
  std::string_view line = file.line_text(number);
  if (begin == 0 && line.starts_with("\xEF\xBB\xBF")) {
    line.remove_prefix(3);
    begin = 3;
  }
  const std::size_t from = std::min<std::size_t>(std::max(span.begin, begin) - begin, line.size());
  const std::size_t to = std::min<std::size_t>(std::max(span.end, begin) - begin, line.size());
  return mark_line(line, {{from, std::max(from, to)}}, mark, columns);
}

std::vector<MarkedLine> fixed_lines(const Fix& fix, std::size_t columns) {
  std::vector<Edit> edits = fix.edits;
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  if (edits.empty() || !fits(edits)) return {};
  const Patch patch = apply_to_lines(edits);
  if (std::count(patch.text.begin(), patch.text.end(), '\n') >= kMostLines) return {};
  std::vector<MarkedLine> lines;
  for (std::size_t at = 0; at <= patch.text.size();) {
    const std::size_t end = std::min(patch.text.find('\n', at), patch.text.size());
    std::string_view line = std::string_view(patch.text).substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::vector<Mark> marks;
    for (const auto& [first, last] : patch.added) {
      if (first < last && first < end && last > at) {
        marks.emplace_back(std::max(first, at) - at, std::min(last, end) - at);
      }
    }
    lines.push_back(mark_line(line, marks, '+', columns));
    at = end + 1;
  }
  return lines;
}

}  // namespace composelint::report
