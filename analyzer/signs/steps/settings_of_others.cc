#include "analyzer/signs/steps/settings_of_others.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <vector>

#include "analyzer/signs/stacks/stack_deploy.h"

namespace composelint {

bool sources_what_is_not_here(const Timeline& timeline, const Step& step) {
  if (step.argv.size() < 2 || step.place != Place::kHost || step.followed) return false;
  if (!step.argv[0].is("source") && !step.argv[0].is(".")) return false;
  const Argument& file = step.argv[1];
  return !file.known() || std::none_of(timeline.sourced.begin(), timeline.sourced.end(),
                                       [&](const SourceFile* each) {
                                         return file_name(each->path()) == file_name(file.text);
                                       });
}

bool is_called_with_settings_of_others(const WorkspaceFacts& facts, const Project& project) {
  const auto acts = [&](const Step& step) {
    if (step.call) {
      const Target& target = step.call->target;
      return target.project == &project || target.likely == &project;
    }
    return std::any_of(project.files.begin(), project.files.end(), [&](const SourceFile* file) {
      return step.span.file != nullptr && deploys(step, file->path());
    });
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    const auto from = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
      return sources_what_is_not_here(*task.timeline, step);
    });
    return from != steps.end() && std::any_of(from, steps.end(), acts);
  });
}

}  // namespace composelint
