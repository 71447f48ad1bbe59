#include "analyzer/signs/words/only_shows.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

bool only_shows(const Step& step) {
  static constexpr std::array<std::string_view, 5> kVerbs = {"images", "logs", "ls", "ps", "top"};
  const std::string_view verb = step.call     ? std::string_view(step.call->verb)
                                : step.docker ? std::string_view(step.docker->verb)
                                              : std::string_view();
  return step.pipeline == 0 && step.out.kind == StreamKind::kInherited &&
         step.status != StatusUse::kDecides &&
         std::find(kVerbs.begin(), kVerbs.end(), verb.substr(verb.rfind(' ') + 1)) != kVerbs.end();
}

}  // namespace composelint
