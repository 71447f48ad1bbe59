#include "analyzer/engine/followed.h"

#include <algorithm>

#include "analyzer/engine/context_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

void weigh_followed(const RuleSet& rules, const SourceFile& file, Workspace& workspace,
                    const std::string& working_directory, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (!finding.span || finding.span.file == &file) continue;
    const std::string path = text::join_path(working_directory, finding.span.file->path());
    const auto cue = cue_in_path(text::relative_path(workspace.root_of(path), path));
    if (cue) rules.weigh(finding, cue->context);
  }
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

}  // namespace composelint::engine
