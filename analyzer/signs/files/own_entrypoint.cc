#include "analyzer/signs/files/own_entrypoint.h"

#include <string>
#include <vector>

namespace composelint {

std::vector<Argument> behind_entrypoint(const std::vector<OptionUse>& options,
                                        const std::vector<Argument>& inner) {
  std::vector<Argument> words = inner;
  for (const OptionUse& use : options) {
    const bool one = use.name == "--entrypoint" && use.value && use.value->known() &&
                     !use.value->text.empty() && use.value->text.find(' ') == std::string::npos;
    if (one) words.insert(words.begin(), *use.value);
  }
  return words;
}

std::vector<Argument> behind_entrypoint(const Step& step, const std::vector<Argument>& inner) {
  if (step.call) return behind_entrypoint(step.call->options, inner);
  return step.docker ? behind_entrypoint(step.docker->options, inner) : inner;
}

}  // namespace composelint
