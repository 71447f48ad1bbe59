#include "analyzer/signs/words/misspelt_compose.h"

#include <composelint/nearest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/knowledge/compose_cli.h"

namespace composelint {

namespace {

bool is_nearly_compose(std::string_view word) {
  static constexpr std::array<std::string_view, 1> kMeant = {"compose"};
  return word != "compose" && word.size() > 4 && word.find('-') == word.npos &&
         nearest(word, kMeant) == "compose";
}

// Another program of that name has verbs of its own.
bool reads_like_a_call(const Step& step, std::size_t at) {
  if (at >= step.argv.size() || !step.argv[at].known()) return false;
  const std::string_view text = step.argv[at].text;
  return knowledge::find_verb(text) != nullptr || text == "-f" || text == "-p" ||
         text.starts_with("--file") || text.starts_with("--project-name") || text == "--profile" ||
         text.starts_with("--env-file") || !knowledge::nearest_verb(text).empty();
}

}  // namespace

Span misspelt_compose(const Step& step) {
  constexpr std::string_view kDocker = "docker";
  if (step.call || step.docker || step.argv.size() < 2 || !step.argv[0].known()) return {};
  const std::string_view program = step.argv[0].text;
  // A part of the word is no plugin of somebody's, whatever stands behind it.
  constexpr std::string_view kCompose = "compose";
  if (program == kDocker && step.argv.size() > 2 && step.argv[1].known() &&
      is_nearly_compose(step.argv[1].text) &&
      (kCompose.starts_with(step.argv[1].text) || reads_like_a_call(step, 2))) {
    return step.argv[1].place();
  }
  if (program.starts_with(kDocker) && program.size() > kDocker.size() &&
      program[kDocker.size()] == '-' && is_nearly_compose(program.substr(kDocker.size() + 1)) &&
      reads_like_a_call(step, 1)) {
    return step.argv[0].place();
  }
  return {};
}

const Argument* parted_file_name(const Step& step) {
  const Argument& target = step.out.target;
  if (step.out.kind != StreamKind::kFile || !target.known() || target.text != "docker") {
    return nullptr;
  }
  const auto behind = std::find_if(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
    return word.place().begin == target.place().end + 1;
  });
  const bool parted = behind != step.argv.end() && behind->known() &&
                      behind->text.starts_with("compose.") &&
                      (behind->text.ends_with(".yml") || behind->text.ends_with(".yaml"));
  return parted ? &*behind : nullptr;
}

}  // namespace composelint
