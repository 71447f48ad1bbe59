#include "analyzer/signs/stacks/without_volumes.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/streams.h"

namespace composelint {

bool is_of_no_volume(const WorkspaceFacts& facts, const Finding& finding) {
  if (finding.key.front() != "down" || !finding.related.empty()) return false;
  return !facts.projects.empty() &&
         std::none_of(facts.projects.begin(), facts.projects.end(), [](const Project* project) {
           return project->partial ||
                  std::any_of(project->volumes.begin(), project->volumes.end(),
                              [](const Volume& volume) { return !volume.external; });
         });
}

bool is_of_no_stack(const Finding& finding, const WorkspaceFacts& facts) {
  if (finding.key.front() != "volume rm" || facts.projects.empty()) return false;
  const auto declares = [](const Project& project, const std::string& name) {
    return project.partial ||
           std::any_of(project.volumes.begin(), project.volumes.end(), [&](const Volume& volume) {
             return volume.name == name || name.ends_with("_" + volume.key) || name == volume.key;
           });
  };
  const auto mounts = [](const Step& step, const std::string& name) {
    return step.docker && step.docker->is("container run") &&
           step.span.text().find(name + ":") != std::string_view::npos;
  };
  const auto is_known = [&](const Argument& word) {
    return !word.known() ||
           std::any_of(facts.projects.begin(), facts.projects.end(),
                       [&](const Project* each) { return declares(*each, word.text); }) ||
           std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
             return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(),
                                [&](const Step& step) { return mounts(step, word.text); });
           });
  };
  bool found = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const bool removes = step.docker && step.docker->is("volume rm");
      if (!removes || !(asked_at(step) == finding.span)) continue;
      const auto& words = step.docker->operands;
      if (std::any_of(words.begin(), words.end(), is_known)) return false;
      found = found || !words.empty();
    }
  }
  return found;
}

}  // namespace composelint
