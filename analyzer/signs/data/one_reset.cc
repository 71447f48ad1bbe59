#include "analyzer/signs/data/one_reset.h"

#include <composelint/compose.h>
#include <composelint/service_role.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/signs/steps/streams.h"

namespace composelint {
namespace {

bool removes_volumes(const Step& step) {
  return step.docker && step.docker->is("volume rm");
}

// `|| true`, `|| echo "there is none"`, a message between the lines.
bool does_nothing(const Step& step) {
  if (step.launcher != Launcher::kNone || step.argv.empty()) return false;
  const Argument& word = step.argv.front();
  return word.is("true") || word.is(":") || word.is("echo") || word.is("printf");
}

bool is_kept_by(const Project& project, const Volume& volume) {
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& service) {
    return role_of(service) == ServiceRole::kDatabase &&
           std::any_of(service.mounts.begin(), service.mounts.end(),
                       [&](const Mount& mount) { return mount.source == volume.key; });
  });
}

}  // namespace

bool are_of_one_reset(const WorkspaceFacts& facts, Span first, Span other) {
  for (const TaskView& task : facts.tasks) {
    const auto& steps = task.timeline->steps;
    std::optional<std::size_t> one;
    std::optional<std::size_t> two;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!removes_volumes(steps[i])) continue;
      if (!one && asked_at(steps[i]) == first) one = i;
      if (!two && asked_at(steps[i]) == other) two = i;
    }
    if (!one || !two) continue;
    if (*one > *two) std::swap(one, two);
    if (!(steps[*one].conditions == steps[*two].conditions)) return false;
    return std::all_of(steps.begin() + static_cast<std::ptrdiff_t>(*one),
                       steps.begin() + static_cast<std::ptrdiff_t>(*two), [](const Step& step) {
                         return removes_volumes(step) || does_nothing(step);
                       });
  }
  return false;
}

bool is_of_a_database(const WorkspaceFacts& facts, Span removal) {
  const auto holds = [&](const Argument& word) {
    return word.known() &&
           std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
             return std::any_of(
                 project->volumes.begin(), project->volumes.end(), [&](const Volume& volume) {
                   return (volume.name == word.text || word.text.ends_with("_" + volume.key)) &&
                          is_kept_by(*project, volume);
                 });
           });
  };
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!removes_volumes(step) || !(asked_at(step) == removal)) continue;
      return std::any_of(step.docker->operands.begin(), step.docker->operands.end(), holds);
    }
  }
  return false;
}

}  // namespace composelint
