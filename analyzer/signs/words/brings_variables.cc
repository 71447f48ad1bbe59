#include "analyzer/signs/words/brings_variables.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

bool brings_variables(const Timeline& timeline, const std::string& name) {
  if (timeline.assigns(name) || !timeline.sourced.empty() || timeline.file == nullptr) return true;
  static constexpr std::array<std::string_view, 5> kWays = {"set -a", "allexport", "source ",
                                                            "export $", ". "};
  const std::string_view text = timeline.file->bytes();
  return std::any_of(kWays.begin(), kWays.end(), [&](std::string_view way) {
    for (std::size_t at = text.find(way); at != text.npos; at = text.find(way, at + 1)) {
      if (at == 0 || std::string_view(" \t\n;&(").find(text[at - 1]) != text.npos) return true;
    }
    return false;
  });
}

}  // namespace composelint
