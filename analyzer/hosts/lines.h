// The lines of a file as ranges of its bytes.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <string_view>

namespace composelint::hosts {

struct LineSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;   // without its line end
  std::uint32_t next = 0;  // where the next line begins; `end` on the last
};

[[nodiscard]] inline LineSpan line_at(const SourceFile& file, std::uint32_t begin) {
  const std::string_view bytes = file.bytes();
  const std::size_t feed = bytes.find('\n', begin);
  LineSpan line{begin, file.size(), file.size()};
  if (feed != std::string_view::npos) {
    line.end = static_cast<std::uint32_t>(feed);
    line.next = line.end + 1;
  }
  if (line.end > begin && bytes[line.end - 1] == '\r') --line.end;
  return line;
}

[[nodiscard]] inline std::string_view text_of(const SourceFile& file, const LineSpan& line) {
  return file.bytes().substr(line.begin, line.end - line.begin);
}

// The first byte from `at` on that is no blank; `end` when there is none.
[[nodiscard]] inline std::uint32_t skip_blanks(const SourceFile& file, std::uint32_t at,
                                               std::uint32_t end) {
  while (at < end && (file.bytes()[at] == ' ' || file.bytes()[at] == '\t')) ++at;
  return at;
}

}  // namespace composelint::hosts
