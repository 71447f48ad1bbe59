#include "analyzer/signs/stacks/joined_as_before.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

bool joins_as_before(const Project& project, const WorkspaceFacts& facts) {
  const auto asks = [&](const Step& step) {
    if (!step.call || step.call->global_option("--compatibility") == nullptr) return false;
    const Project* own = step.call->target.project;
    return own == nullptr || own == &project || own->name.value == project.name.value;
  };
  for (const TaskView& task : facts.tasks) {
    if (task.timeline->assigns("COMPOSE_COMPATIBILITY")) return true;
    const std::vector<Step>& steps = task.timeline->steps;
    if (std::any_of(steps.begin(), steps.end(), asks)) return true;
  }
  return std::any_of(project.env_files.begin(), project.env_files.end(), [](const SourceFile* env) {
    return find_name(env->bytes(), "COMPOSE_COMPATIBILITY") != std::string_view::npos;
  });
}

}  // namespace composelint
