// What `--entrypoint` puts in front of the words that a container is given.
#pragma once

#include <composelint/option_use.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace composelint {

// `--entrypoint sh app -c "…"` runs `sh -c "…"`. One word that is known, else nothing is put in.
[[nodiscard]] inline std::vector<Argument> behind_entrypoint(const std::vector<OptionUse>& options,
                                                             const std::vector<Argument>& inner) {
  std::vector<Argument> words = inner;
  for (const OptionUse& use : options) {
    const bool one = use.name == "--entrypoint" && use.value && use.value->known() &&
                     !use.value->text.empty() && use.value->text.find(' ') == std::string::npos;
    if (one) words.insert(words.begin(), *use.value);
  }
  return words;
}

}  // namespace composelint
