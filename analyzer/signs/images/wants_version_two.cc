#include "analyzer/signs/images/wants_version_two.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// `"2.17.0"`, `-lt 2`, `=~ ^v2.`; not the second of `echo "2. Open the page"`.
bool compares_with_two(std::string_view line) {
  static constexpr std::array<std::string_view, 6> kLowest = {"\"2.", "'2.",   "=2.",
                                                              "v2.",  "-lt 2", "-ge 2"};
  if (only_tells(line) && line.find("ompose") == std::string_view::npos) return false;
  return std::any_of(kLowest.begin(), kLowest.end(), [&](std::string_view lowest) {
    for (std::size_t at = line.find(lowest); at != std::string_view::npos;
         at = line.find(lowest, at + 1)) {
      const std::size_t end = at + lowest.size();
      if (!lowest.ends_with('.') || (end < line.size() && line[end] != ' ')) return true;
    }
    return false;
  });
}

}  // namespace

bool wants_version_two(const SourceFile& file) {
  const std::string_view text = file.bytes();
  const bool asks = text.find("docker-compose version") != std::string_view::npos ||
                    text.find("docker-compose --version") != std::string_view::npos;
  for (std::uint32_t line = 1; asks && line <= file.line_count(); ++line) {
    if (compares_with_two(file.line_text(line))) return true;
  }
  return false;
}

}  // namespace composelint
