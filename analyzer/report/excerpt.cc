#include "analyzer/report/excerpt.h"

#include <algorithm>
#include <utility>

namespace composelint::report {

namespace {

constexpr std::size_t kMostLines = 6;

// Neighbouring lines with the ranges in them that are new.
struct Patch {
  std::uint32_t line = 0;  // number of the first
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

// The edits from `at` on that share lines with each other, applied to those lines; moves past them.
Patch apply_to_lines(const std::vector<Edit>& edits, std::size_t& at) {
  const SourceFile& file = *edits[at].span.file;
  Patch patch;
  patch.line = file.line_of(edits[at].span.begin);
  std::uint32_t copied = file.line_begin(patch.line);
  do {
    const Edit& edit = edits[at++];
    patch.text += file.bytes().substr(copied, edit.span.begin - copied);
    patch.added.emplace_back(patch.text.size(), patch.text.size() + edit.replacement.size());
    patch.text += edit.replacement;
    copied = edit.span.end;
  } while (at < edits.size() && file.line_of(edits[at].span.begin) == file.line_of(copied));
  const std::size_t end = std::min(file.bytes().find('\n', copied), file.bytes().size());
  patch.text += file.bytes().substr(copied, end - copied);
  return patch;
}

void add_lines(const Patch& patch, std::size_t columns, std::vector<FixedLine>& lines) {
  std::uint32_t number = patch.line;
  for (std::size_t at = 0; at <= patch.text.size() && lines.size() < kMostLines;) {
    const std::size_t end = std::min(patch.text.find('\n', at), patch.text.size());
    std::string_view line = std::string_view(patch.text).substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::vector<Mark> marks;
    for (const auto& [first, last] : patch.added) {
      if (first < last && first < end && last > at) {
        marks.emplace_back(std::max(first, at) - at, std::min(last, end) - at);
      }
    }
    lines.push_back({number, mark_line(line, marks, '+', columns)});
    number = 0;
    at = end + 1;
  }
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

std::vector<FixedLine> fixed_lines(const Fix& fix, std::size_t columns) {
  std::vector<Edit> edits = fix.edits;
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::vector<FixedLine> lines;
  if (edits.empty() || !fits(edits)) return lines;
  for (std::size_t at = 0; at < edits.size();) add_lines(apply_to_lines(edits, at), columns, lines);
  return lines;
}

}  // namespace composelint::report
