#include "analyzer/signs/words/head_comment.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

// The terms of a licence say nothing of the file: what stands below them does.
bool is_licence(std::string_view title) {
  return title.starts_with("licensed to ") || title.starts_with("licensed under ");
}

std::string_view without_strokes(std::string_view line) {
  constexpr std::string_view kStrokes = "#-=* \t\r";
  constexpr std::string_view kLine = "\u2500";  // as a rule is drawn in a terminal
  while (!line.empty() &&
         (kStrokes.find(line.front()) != kStrokes.npos || line.starts_with(kLine))) {
    line.remove_prefix(line.starts_with(kLine) ? kLine.size() : 1);
  }
  return line;
}

}  // namespace

HeadComment head_comment(const SourceFile& file) {
  HeadComment head;
  int gaps = 0;
  bool keyed = false;  // `version:` stands above
  std::string_view rest = file.bytes();
  if (rest.starts_with(kMark)) rest.remove_prefix(kMark.size());
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    line.remove_prefix(indent);
    const bool comment = line.starts_with('#');
    if (head.title.empty() && line.starts_with("version:")) {
      keyed = true;
      continue;
    }
    if (!comment && line.find_first_not_of("- \t\r") != line.npos) break;
    std::string_view said = line.substr(std::min(line.find_first_not_of("# \t"), line.size()));
    said = said.substr(0, said.find_last_not_of(" \t\r") + 1);  // npos + 1 is 0
    if (!keyed) head.lines += lower_case(said) + "\n";
    if (comment && indent > 0) gaps = 2;  // of a part
    if (gaps == 2) continue;
    line = without_strokes(line);
    const bool ends = line.empty() && !head.title.empty() && !is_licence(head.title);
    if (ends && ++gaps == 2) continue;
    if (!comment && is_licence(head.title)) head.text = head.title = {};
    if (line.empty() || line.starts_with("SPDX-") || line.starts_with("Copyright")) continue;
    head.text += lower_case(line) + " ";
    if (head.title.empty()) head.title = lower_case(line);
  }
  return head;
}

}  // namespace composelint
