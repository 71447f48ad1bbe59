#include "analyzer/signs/steps/sets_errexit.h"

#include <cstddef>
#include <optional>
#include <string>

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

}  // namespace composelint
