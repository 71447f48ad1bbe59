#include "analyzer/engine/followed.h"

#include <algorithm>

#include "analyzer/engine/context_words.h"
#include "analyzer/engine/generated.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// Those in `but` have been weighed.
void weigh(const RuleSet& rules, const SourceFile* but, Workspace& workspace,
           const std::string& working_directory, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (!finding.span || finding.span.file == but) continue;
    const std::string path = text::join_path(working_directory, finding.span.file->path());
    const auto cue = cue_in_path(text::relative_path(workspace.root_of(path), path));
    if (cue) rules.weigh(finding, cue->context);
  }
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

}  // namespace

void weigh_followed(const RuleSet& rules, const SourceFile& file, Workspace& workspace,
                    const std::string& working_directory, std::vector<Finding>& findings) {
  weigh(rules, &file, workspace, working_directory, findings);
}

void weigh_by_file(const RuleSet& rules, Workspace& workspace, const std::string& working_directory,
                   std::vector<Finding>& findings) {
  // What Compose refuses is refused whoever wrote it.
  std::erase_if(findings, [](const Finding& each) {
    return each.severity < Severity::kError && each.span && is_generated(*each.span.file);
  });
  weigh(rules, nullptr, workspace, working_directory, findings);
}

}  // namespace composelint::engine
