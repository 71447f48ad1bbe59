#include "analyzer/signs/images/image_to_go_back_to.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"

namespace composelint {

namespace {

// `rollback.sh`, `roll_back()`, `revert)`.
bool says_rollback(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kWords = {"rollback", "roll-back", "roll_back",
                                                             "revert"};
  const std::string text = lower_case(name);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

// `docker tag app:latest app:previous`.
bool keeps_an_image(const Step& step) {
  static constexpr std::array<std::string_view, 6> kWords = {"backup", "last",     "old",
                                                             "prev",   "rollback", "stable"};
  if (!step.docker || !step.docker->is("image tag") || step.docker->operands.empty()) return false;
  const std::string& name = step.docker->operands.back().text;
  const std::size_t colon = name.rfind(':');
  return colon != name.npos && std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) {
           return name.find(w, colon) != name.npos;
         });
}

bool goes_back(const Timeline& timeline) {
  if (says_rollback(timeline.task)) return true;
  if (timeline.file != nullptr && says_rollback(file_name(timeline.file->path()))) return true;
  const auto on_a_branch = [](const Branch& branch) {
    return says_rollback(branch.name) ||
           std::any_of(branch.patterns.begin(), branch.patterns.end(), [](const Span& pattern) {
             return pattern.file != nullptr && says_rollback(pattern.text());
           });
  };
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), on_a_branch) ||
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
           return keeps_an_image(step) ||
                  std::any_of(step.called_from.begin(), step.called_from.end(),
                              [](const Span& call) {
                                const std::string_view text = call.text();
                                return says_rollback(text.substr(0, text.find_first_of(" \t\n")));
                              });
         });
}

// `system prune` takes containers and networks besides, which the next `up` makes anew; of a stack
// that nothing has driven before it is not said that it runs.
bool sweeps_beside_a_stack(const Timeline& timeline, const Step& step) {
  return step.docker->is("system prune") && !step.docker->has("--volumes") &&
         last_before(timeline, step, [](const Step& other) { return other.call.has_value(); }) !=
             nullptr;
}

// The whole stack: the others of it keep their images.
bool removes_the_stack(const ComposeInvocation& call) {
  return call.is("down") || (call.is("rm") && call.operands.empty());
}

}  // namespace

bool goes_back_to_an_image(const WorkspaceFacts& facts) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(),
                     [](const TaskView& task) { return goes_back(*task.timeline); });
}

bool puts_an_image_aside(const WorkspaceFacts& facts) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), keeps_an_image);
  });
}

bool takes_old_images_alone(const WorkspaceFacts& facts, const Finding& finding) {
  static constexpr std::array<std::string_view, 3> kStarts = {"create", "run", "up"};
  for (const TaskView& task : facts.tasks) {
    const Timeline& timeline = *task.timeline;
    for (const Step& step : timeline.steps) {
      if (!step.docker || asked_at(step) != finding.span) continue;
      const DockerInvocation& docker = *step.docker;
      if (!docker.is("image prune") && !docker.is("image rm") &&
          !sweeps_beside_a_stack(timeline, step)) {
        return false;
      }
      const Step* last = last_before(timeline, step, [](const Step& other) {
        return other.call &&
               (removes_the_stack(*other.call) ||
                std::find(kStarts.begin(), kStarts.end(), other.call->verb) != kStarts.end());
      });
      if (last != nullptr && removes_the_stack(*last->call)) return false;
    }
  }
  return true;
}

}  // namespace composelint
