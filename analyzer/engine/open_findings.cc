#include "analyzer/engine/open_findings.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "analyzer/engine/run_order.h"
#include "analyzer/engine/shown_paths.h"

namespace composelint::engine {

namespace {

// By a comment that has allowed something of the run.
bool is_allowed(const Finding& finding, const std::vector<Allowance>& allowed) {
  if (!finding.span) return false;
  const SourceFile& file = *finding.span.file;
  return std::any_of(allowed.begin(), allowed.end(), [&](const Allowance& each) {
    return each.comment.used && each.comment.rule == finding.rule &&
           each.comment.span.file == &file && each.lines.holds(file.line_of(finding.span.begin));
  });
}

}  // namespace

void look_again(const RuleSet& rules, const WorkspaceFacts& facts, Workspace& workspace,
                std::vector<Allowance>& allowed, std::vector<Finding>& found, Run& run) {
  const auto look = [&](std::vector<Finding>& findings) {
    rules.look_again(facts, findings);
    tell_from_root(workspace, workspace.sources.base(), findings);
  };
  if (allowed.empty()) return look(found);
  // Which comments are needed shows where all is together.
  std::vector<Finding> all = found;
  look(all);
  sort_findings(all);
  Run together;
  apply(std::move(all), allowed, together);
  std::move(together.suppressed.begin(), together.suppressed.end(),
            std::back_inserter(run.suppressed));
  std::erase_if(found, [&](const Finding& each) { return is_allowed(each, allowed); });
  look(found);
}

}  // namespace composelint::engine
