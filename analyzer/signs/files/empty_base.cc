#include "analyzer/signs/files/empty_base.h"

#include <composelint/path_name.h>

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
    return !with_others && !step.call->opaque_global && files.size() == 1 && files.front() == &file;
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), reads_it);
  });
}

// `-f compose.yml $(…)`, `-f compose.yml -f module/compose.yml` of a submodule: all the services
// come with the others.
bool is_laid_under_others(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string_view name = file_name(file.path());
  const auto lays = [&](const Step& step) {
    if (!step.call) return false;
    const auto& options = step.call->global_options;
    const auto is_file = [](const OptionUse& use) {
      return use.name == "--file" || use.name == "-f";
    };
    const bool more = std::count_if(options.begin(), options.end(), is_file) > 1;
    return (more || step.call->opaque_global) &&
           std::any_of(options.begin(), options.end(), [&](const OptionUse& use) {
             return is_file(use) && use.value && file_name(use.value->text) == name;
           });
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), lays);
  });
}

}  // namespace

bool is_an_empty_base(const WorkspaceFacts& facts, const Finding& finding) {
  if (finding.key.front() != "empty compose file" || finding.span.file == nullptr) return false;
  const SourceFile& file = *finding.span.file;
  if (is_called_alone(facts, file)) return false;
  if (is_laid_under_others(facts, file)) return true;
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    const std::string_view text = file.line_text(line);
    if (is_only_comment(text) && text.find("/issues/") != text.npos) return true;
  }
  return false;
}

}  // namespace composelint
