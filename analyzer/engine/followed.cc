#include "analyzer/engine/followed.h"

#include <composelint/developers_stack.h>

#include <algorithm>

#include "analyzer/engine/context_words.h"
#include "analyzer/engine/generated.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

void drop_switched_off(std::vector<Finding>& findings) {
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

}  // namespace

void weigh_followed(const RuleSet& rules, const SourceFile& file, Workspace& workspace,
                    const std::string& working_directory, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (!finding.span || finding.span.file == &file) continue;
    const std::string path = text::join_path(working_directory, finding.span.file->path());
    const auto cue = cue_in_path(text::relative_path(workspace.root_of(path), path));
    if (cue) rules.weigh(finding, cue->context);
  }
  drop_switched_off(findings);
}

void weigh_by_file(const RuleSet& rules, const Project& project, Workspace& workspace,
                   const std::string& working_directory, std::vector<Finding>& findings) {
  // What Compose refuses is refused whoever wrote it.
  std::erase_if(findings, [](const Finding& each) {
    return each.severity < Severity::kError && each.span && is_generated(*each.span.file);
  });
  const bool developed = is_developers_stack(project);
  for (Finding& finding : findings) {
    if (!finding.span) continue;
    const std::string path = text::join_path(working_directory, finding.span.file->path());
    const std::string root = workspace.root_of(path);
    const std::string shown = text::relative_path(root, path);
    if (const auto cue = cue_in_path(shown)) {
      rules.weigh(finding, cue->context);
    } else if (developed || (workspace.told_above(path) != nullptr && !names_production(shown))) {
      rules.weigh(finding, Context::kDev);
    }
  }
  drop_switched_off(findings);
}

}  // namespace composelint::engine
