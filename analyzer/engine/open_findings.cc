#include "analyzer/engine/open_findings.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "analyzer/engine/all_read.h"
#include "analyzer/engine/run_order.h"
#include "analyzer/engine/shown_paths.h"
#include "analyzer/engine/unreached.h"
#include "analyzer/signs/reports/left_to.h"
#include "analyzer/signs/reports/repeated.h"

namespace composelint::engine {

namespace {

// By a comment that has allowed something of the run.
bool speaks_of(const Allowance& allowance, const std::string& rule, const Span& span) {
  return span && allowance.comment.rule == rule && allowance.comment.span.file == span.file &&
         allowance.lines.holds(span.file->line_of(span.begin));
}

bool is_allowed(const std::string& rule, const Span& span, const std::vector<Allowance>& allowed) {
  return std::any_of(allowed.begin(), allowed.end(), [&](const Allowance& each) {
    return each.comment.used && speaks_of(each, rule, span);
  });
}

// To the first of its other places that nobody allows, as it would be told without the allowed one.
void move_on(Finding& finding, const std::vector<Allowance>& allowed) {
  if (!is_allowed(finding.rule, finding.span, allowed)) return;
  const auto open =
      std::find_if(finding.related.begin(), finding.related.end(), [&](const Related& related) {
        return related.message == kHereAsWell && !is_allowed(finding.rule, related.span, allowed);
      });
  if (open == finding.related.end()) return;
  finding.span = open->span;
  finding.related.erase(open);
}

}  // namespace

void look_again(const RuleSet& rules, const WorkspaceFacts& facts, Workspace& workspace,
                std::vector<Allowance>& allowed, std::vector<Finding>& found, Run& run) {
  weigh_when_all_is_read(rules, facts, workspace, found);
  std::vector<Finding> unreached = take_unreached(facts, found);
  const auto look = [&](std::vector<Finding>& findings) {
    rules.look_again(facts, findings);
    tell_from_root(workspace, workspace.sources.base(), findings);
  };
  drop_left_to_others(found, [&](const Finding& each) {
    return std::any_of(allowed.begin(), allowed.end(), [&](const Allowance& allowance) {
      return speaks_of(allowance, each.rule, each.span);
    });
  });
  if (allowed.empty()) return look(found);
  // Which comments are needed shows where all is together.
  std::vector<Finding> all = found;
  look(all);
  sort_findings(all);
  Run together;
  apply(std::move(all), allowed, together);
  std::move(together.suppressed.begin(), together.suppressed.end(),
            std::back_inserter(run.suppressed));
  for (Finding& each : found) move_on(each, allowed);
  std::erase_if(found,
                [&](const Finding& each) { return is_allowed(each.rule, each.span, allowed); });
  look(found);
  // Once the refused call is mended, what stands behind it needs its comments again.
  Run mended;
  apply(std::move(unreached), allowed, mended);
}

}  // namespace composelint::engine
