#include "analyzer/signs/steps/remote_change.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace composelint {

std::optional<RemoteChange> remote_change(const Step& step) {
  const SourceFile& file = *step.span.file;
  for (std::uint32_t number = file.line_of(step.span.begin); number-- > 1;) {
    const std::string_view line = file.line_text(number);
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    const std::string_view text = line.substr(first);
    if (line.find("ssh ") != std::string_view::npos) return std::nullopt;
    const std::size_t blank = text.find(' ');
    const std::string_view program = text.substr(0, blank);
    if (program != "cd" && program != "pushd") continue;
    if (blank == std::string_view::npos || text.find_first_of(";&|\"'\\`", blank) != text.npos) {
      return std::nullopt;
    }
    const std::string_view where = text.substr(blank + 1);
    if (where.find_first_of(" \t~") != where.npos || where.starts_with("..") ||
        where.starts_with("$HOME") || where == "-") {
      return std::nullopt;
    }
    const auto begin = file.line_begin(number) + static_cast<std::uint32_t>(first);
    const Span span{&file, begin, begin + static_cast<std::uint32_t>(text.size())};
    return RemoteChange{span, std::string(program), std::string(where)};
  }
  return std::nullopt;
}

bool is_carried_to(std::string_view text, std::string_view where) {
  while (where.ends_with('/')) where.remove_suffix(1);
  for (const std::string_view program : {"rsync ", "scp "}) {
    const std::size_t from = text.find(program);
    if (from == text.npos || where.empty()) continue;
    const std::string target = ":" + std::string(where);
    for (std::size_t at = text.find(target, from); at != text.npos;
         at = text.find(target, at + 1)) {
      const std::size_t end = at + target.size();
      if (end == text.size() || std::string_view("/\"' \t\n").find(text[end]) != text.npos) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace composelint
