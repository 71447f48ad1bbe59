#include "analyzer/signs/words/like_production.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

bool is_said_to_be_like_production(const HeadComment& head) {
  static constexpr std::array<std::string_view, 6> kSays = {"like production", "mimics prod",
                                                            "prod like",       "prod-like",
                                                            "production-like", "simulates prod"};
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view word) { return head.text.find(word) != head.text.npos; });
}

}  // namespace composelint
