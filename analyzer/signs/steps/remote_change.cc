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

}  // namespace composelint
