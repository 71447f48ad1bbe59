#include "analyzer/knowledge/help_call.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint::knowledge {

bool tells_of_itself(std::span<const Argument> words) {
  static constexpr std::array<std::string_view, 4> kAsks = {"--help", "--usage", "--version", "-h"};
  return !words.empty() && words.back().known() &&
         std::find(kAsks.begin(), kAsks.end(), words.back().text) != kAsks.end();
}

}  // namespace composelint::knowledge
