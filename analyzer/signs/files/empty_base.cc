#include "analyzer/signs/files/empty_base.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "analyzer/signs/words/accepted.h"

namespace composelint {

namespace {

// A call that reads nothing else fails on it.
bool is_called_alone(const WorkspaceFacts& facts, const SourceFile& file) {
  const auto reads_it = [&](const Step& step) {
    if (!step.call || step.call->target.project == nullptr) return false;
    // `-f compose.yml -f ../../shop/compose.yml`: the other one lies in another checkout.
    const auto& missing = step.call->target.missing;
    const bool with_others = std::any_of(missing.begin(), missing.end(),
                                         [](const auto& other) { return !other.env_file; });
    const auto& files = step.call->target.project->files;
    return !with_others && files.size() == 1 && files.front() == &file;
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), reads_it);
  });
}

}  // namespace

bool is_an_empty_base(const WorkspaceFacts& facts, const Finding& finding) {
  if (finding.key.front() != "empty compose file" || finding.span.file == nullptr) return false;
  const SourceFile& file = *finding.span.file;
  if (is_called_alone(facts, file)) return false;
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    const std::string_view text = file.line_text(line);
    if (is_only_comment(text) && text.find("/issues/") != text.npos) return true;
  }
  return false;
}

}  // namespace composelint
