#include "analyzer/signs/steps/sets_errexit.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint {

std::optional<bool> sets_errexit(const SimpleCommand& simple) {
  if (simple.words.size() < 2 || simple.words[0].literal_text() != "set") return std::nullopt;
  std::optional<bool> on;
  for (std::size_t i = 1; i < simple.words.size(); ++i) {
    const std::string word = simple.words[i].literal_text();
    if (word.empty() || word == "--") break;
    const bool turns = word[0] == '-' || word[0] == '+';
    if (turns && word.find('e') != std::string::npos) on = word[0] == '-';
    if (word == "errexit") on = simple.words[i - 1].literal_text().starts_with('-');
  }
  return on;
}

const Step* mistyped_errexit(const Timeline& timeline) {
  static constexpr std::array<std::string_view, 5> kSlips = {"+set", "set-e", "set-eu", "set-euo",
                                                             "sete"};
  for (const Step& step : timeline.steps) {
    const std::string_view program = program_name(step);
    if (std::find(kSlips.begin(), kSlips.end(), program) != kSlips.end()) return &step;
  }
  return nullptr;
}

}  // namespace composelint
