#include "analyzer/engine/refused_calls.h"

#include <composelint/contains.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "analyzer/signs/stacks/profile_gap.h"

namespace composelint::engine {

void drop_refused_calls(std::span<const Rule* const> rules, std::span<const TaskFacts> tasks,
                        std::vector<Finding>& findings) {
  std::set<std::string_view> about_calls;
  for (const Rule* rule : rules) {
    if (rule->on_invocation != nullptr || rule->on_step != nullptr || rule->applies != nullptr) {
      about_calls.insert(rule->slug);
    }
  }
  // A place may be several calls, by the values of a variable: all of them are refused, or none is.
  const auto is_refused = [&](Span place) {
    bool refused = false;
    for (const TaskFacts& task : tasks) {
      for (const Step& step : task.timeline->steps) {
        if (!step.call || !contains(step.call->span, place)) continue;
        if (!is_refused_for_its_profiles(*step.call)) return false;
        refused = true;
      }
    }
    return refused;
  };
  std::erase_if(findings, [&](const Finding& finding) {
    return finding.context != "docs" && about_calls.contains(finding.rule) &&
           is_refused(finding.span);
  });
}

}  // namespace composelint::engine
