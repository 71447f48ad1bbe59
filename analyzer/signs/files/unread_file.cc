#include "analyzer/signs/files/unread_file.h"

#include <algorithm>
#include <string_view>

#include "analyzer/signs/stacks/stack_parts.h"

namespace composelint {

bool lies_unread(const WorkspaceFacts& facts, const SourceFile& file) {
  if (directory_of(file).find_first_not_of("./") == std::string_view::npos) return false;
  const auto is_it = [&](const Project* project) {
    return project != nullptr && reads(*project, &file);
  };
  const auto reads_it = [&](const Step& step) {
    return step.call && (is_it(step.call->target.project) || is_it(step.call->target.likely));
  };
  return std::none_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), reads_it);
  });
}

}  // namespace composelint
