#include "analyzer/signs/words/said_for_later.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {
namespace {

// How deep a Markdown heading is; 0: the line is none.
std::size_t depth_of(std::string_view line) {
  const std::size_t depth = std::min(line.find_first_not_of('#'), line.size());
  return depth <= 6 && line.substr(depth).starts_with(' ') ? depth : 0;
}

// What stands in brackets at its end.
bool ends_with_later(std::string_view heading) {
  const std::size_t last = heading.find_last_not_of(" \t\r*_:");
  if (last == heading.npos || (heading[last] != ')' && heading[last] != ']')) return false;
  const std::size_t open = heading.find_last_of("([", last);
  if (open == heading.npos) return false;
  const std::string inside = lower_case(heading.substr(open + 1, last - open - 1));
  static constexpr std::array<std::string_view, 6> kLater = {
      "coming soon", "future", "later", "not yet implemented", "planned", "todo"};
  return std::find(kLater.begin(), kLater.end(), inside) != kLater.end();
}

}  // namespace

bool is_said_for_later(Span place) {
  if (place.file == nullptr) return false;
  const std::uint32_t own = place.file->line_of(place.begin);
  std::vector<std::string_view> above;  // the headings, each deeper than the one before
  bool in_block = false;                // whose `# …` are comments
  for (std::uint32_t line = 1; line < own; ++line) {
    const std::string_view text = place.file->line_text(line);
    const std::size_t first = std::min(text.find_first_not_of(" \t>-*"), text.size());
    if (text.substr(first).starts_with("```") || text.substr(first).starts_with("~~~")) {
      in_block = !in_block;
    }
    const std::size_t depth = in_block ? 0 : depth_of(text);
    if (depth == 0) continue;
    std::erase_if(above, [&](std::string_view heading) { return depth_of(heading) >= depth; });
    above.push_back(text);
  }
  return std::any_of(above.begin(), above.end(), ends_with_later);
}

}  // namespace composelint
