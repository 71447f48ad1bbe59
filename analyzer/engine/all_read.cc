#include "analyzer/engine/all_read.h"

#include <composelint/contains.h>
#include <composelint/run.h>

#include <algorithm>
#include <map>
#include <string>

#include "analyzer/signs/files/left_behind.h"
#include "analyzer/signs/stacks/developers_container.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

struct Past {
  bool kept = false;
  bool archived = false;
};

// Whoever has an archived repository in use still mends errors, and no more.
void drop_of_the_past(const WorkspaceFacts& facts, Workspace& workspace,
                      std::vector<Finding>& found) {
  std::map<const SourceFile*, Past> scripts;
  for (const TaskView& task : facts.tasks) {
    const SourceFile* file = task.timeline->file;
    if (file == nullptr || task.context == Context::kDocs) continue;
    const auto [slot, fresh] = scripts.try_emplace(file);
    if (!fresh) continue;
    const std::string path = text::join_path(workspace.sources.base(), file->path());
    slot->second = {is_left_behind(facts, *file), !workspace.archived_above(path).empty()};
  }
  std::erase_if(found, [&](const Finding& finding) {
    const auto script = scripts.find(finding.span.file);
    if (script == scripts.end()) return false;
    return script->second.kept || (script->second.archived && finding.severity < Severity::kError);
  });
}

bool is_in_a_developers_container(const Finding& finding, const WorkspaceFacts& facts) {
  bool there = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.span.file != finding.span.file) continue;
      if (!contains(step.span, finding.span) && !contains(finding.span, step.span)) continue;
      if (!enters_a_developers_container(step, facts.projects)) return false;
      there = true;
    }
  }
  return there;
}

}  // namespace

void weigh_when_all_is_read(const RuleSet& rules, const WorkspaceFacts& facts, Workspace& workspace,
                            std::vector<Finding>& found) {
  drop_of_the_past(facts, workspace, found);
  for (Finding& finding : found) {
    if (finding.context != to_string(Context::kOps) || !finding.span) continue;
    if (is_in_a_developers_container(finding, facts)) rules.weigh(finding, Context::kDev);
  }
  std::erase_if(found, [](const Finding& finding) { return finding.severity == Severity::kOff; });
}

}  // namespace composelint::engine
