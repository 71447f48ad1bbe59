#include "analyzer/signs/words/like_production.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

bool is_said_to_be_like_production(const SourceFile& file) {
  static constexpr std::array<std::string_view, 6> kSays = {"like production", "mimics prod",
                                                            "prod like",       "prod-like",
                                                            "production-like", "simulates prod"};
  for (std::uint32_t number = 1; number <= file.line_count(); ++number) {
    const std::string_view line = file.line_text(number);
    const std::size_t at = line.find('#');
    if (at == line.npos) continue;
    const std::string said = lower_case(line.substr(at));
    const auto says = [&](std::string_view word) { return said.find(word) != said.npos; };
    if (std::any_of(kSays.begin(), kSays.end(), says)) return true;
  }
  return false;
}

}  // namespace composelint
