#include "analyzer/signs/stacks/listed_containers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// `-f status=exited`: a state, of whatever stack.
bool is_of_the_stopped(const OptionUse& filter) {
  static constexpr std::array<std::string_view, 3> kStates = {"status=exited", "status=created",
                                                              "status=dead"};
  return filter.value && filter.value->known() &&
         std::find(kStates.begin(), kStates.end(), filter.value->text) != kStates.end();
}

// `docker ps -aq`, `docker ps -q -f status=exited`, `docker volume ls -qf dangling=true`; nothing
// where it is narrowed to fewer.
std::optional<Listed> listed_by(const DockerInvocation& list) {
  const bool images = list.is("image ls");
  const bool volumes = list.is("volume ls");
  const bool known = images || volumes || list.is("container ls");
  if (!known || list.opaque_options || !list.operands.empty()) return std::nullopt;
  Listed listed = Listed::kAll;
  for (const OptionUse& use : list.options) {
    if (use.name == "--all" || use.name == "--quiet" || use.name == "--no-trunc") continue;
    const bool unused = volumes && use.value && use.value->text.starts_with("dangling=");
    const bool stopped = !images && !volumes && is_of_the_stopped(use);
    if (use.name != "--filter" || (!unused && !stopped)) return std::nullopt;
    listed = Listed::kStopped;
  }
  return listed;
}

}  // namespace

std::optional<Listed> listed_in(const Timeline& timeline, const Step& step, const Argument& word) {
  if (word.known()) return std::nullopt;
  for (std::size_t i = index_of(timeline, step); i-- > 0;) {
    const Step& other = timeline.steps[i];
    if (!other.docker || other.pipeline != 0 || other.out.kind != StreamKind::kCaptured) continue;
    if (is_output_of(word, other)) return listed_by(*other.docker);
  }
  return std::nullopt;
}

std::optional<Listed> fed_to(const Timeline& timeline, const Step& step) {
  const std::size_t here = index_of(timeline, step);
  if (here == 0 || step.pipeline == 0 || !step.docker->operands.empty()) return std::nullopt;
  const Step& before = timeline.steps[here - 1];
  if (before.pipeline != step.pipeline || !before.docker) return std::nullopt;
  return before.docker->has("--quiet") ? listed_by(*before.docker) : std::nullopt;
}

std::optional<Listed> listed_for(const Timeline& timeline, const Step& step) {
  std::optional<Listed> listed = fed_to(timeline, step);
  for (const Argument& word : step.docker->operands) {
    if (!listed) listed = listed_in(timeline, step, word);
  }
  return listed;
}

namespace {

// As its words, or through a pipe: `echo "$left" | xargs docker volume rm`.
bool is_given_to(const Timeline& timeline, const Step& list, const Step& step) {
  const auto has_output = [&](const std::vector<Argument>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const Argument& word) { return is_output_of(word, list); });
  };
  if (has_output(step.docker->operands)) return true;
  return step.pipeline != 0 &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
           return other.pipeline == step.pipeline && (&other == &list || has_output(other.argv));
         });
}

}  // namespace

bool is_of_marked_ones(const Timeline& timeline, const Step& step) {
  if (!step.docker) return false;
  const Step* listed = last_before(timeline, step, [&](const Step& other) {
    return other.docker && other.docker->is("volume ls") && is_given_to(timeline, other, step);
  });
  return listed != nullptr &&
         std::any_of(listed->argv.begin(), listed->argv.end(), [](const Argument& word) {
           return word.text.find("label=") != std::string::npos &&
                  has_name_word(word.text, {"ci", "e2e", "molecule", "scenario", "test",
                                            "testcontainers", "testing", "tests"});
         });
}

}  // namespace composelint
