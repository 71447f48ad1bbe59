#include "analyzer/signs/words/like_production.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

namespace {

bool says_like_production(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kSays = {"like production", "mimics prod",
                                                            "prod like",       "prod-like",
                                                            "production-like", "simulates prod"};
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

}  // namespace

bool is_said_to_be_like_production(const HeadComment& head) {
  return says_like_production(head.text);
}

bool is_said_to_be_like_production(const SourceFile& file) {
  for (std::string_view rest = file.bytes(); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t mark = line.find_first_not_of(" \t");
    if (mark == line.npos || line[mark] != '#') continue;
    const std::string said = lower_case(line.substr(mark));
    if (says_like_production(said) && said.find("test") != said.npos) return true;
  }
  return false;
}

}  // namespace composelint
