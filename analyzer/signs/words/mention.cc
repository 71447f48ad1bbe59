#include "analyzer/signs/words/mention.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/only_sets_variables.h"

namespace composelint {

bool mentions(const Step& step, std::string_view text) {
  const auto holds = [&](const Argument& word) {
    return word.text.find(text) != std::string::npos;
  };
  return std::any_of(step.argv.begin(), step.argv.end(), holds) || holds(step.in.target) ||
         holds(step.out.target) || holds(step.err.target);
}

bool runs_unseen(const Step& step) {
  static constexpr std::array<std::string_view, 8> kRunners = {"bash", "eval", "just", "make",
                                                               "npm",  "sh",   "task", "yarn"};
  if (step.followed || step.call || step.docker || step.argv.empty()) return false;
  if (only_sets_variables(step)) return false;
  const Argument& program = step.argv.front();
  if (!program.known()) return true;
  const std::string_view text = program.text;
  if (text.find('/') != std::string_view::npos) {
    return !text.starts_with("/usr/") && !text.starts_with("/bin/") && !text.starts_with("/sbin/");
  }
  return text.ends_with(".sh") ||
         std::find(kRunners.begin(), kRunners.end(), text) != kRunners.end();
}

Span place_of(const Argument& word, std::string_view part) {
  const Span whole = word.place();
  const std::size_t at = whole.text().find(part);
  if (part.empty() || at == std::string_view::npos) return whole;
  const auto begin = whole.begin + static_cast<std::uint32_t>(at);
  return {whole.file, begin, begin + static_cast<std::uint32_t>(part.size())};
}

}  // namespace composelint
