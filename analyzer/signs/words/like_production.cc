#include "analyzer/signs/words/like_production.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool is_said_to_be_like_production(const SourceFile& file) {
  static constexpr std::array<std::string_view, 6> kSays = {"like production", "mimics prod",
                                                            "prod like",       "prod-like",
                                                            "production-like", "simulates prod"};
  const std::string said = head_comment(file).text;
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view word) { return said.find(word) != said.npos; });
}

}  // namespace composelint
