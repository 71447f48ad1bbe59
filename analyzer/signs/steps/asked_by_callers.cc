#include "analyzer/signs/steps/asked_by_callers.h"

#include <composelint/contains.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/answer.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// `read a; [ "$a" = y ] && show_logs`: what the answer leads to, and the call is none of it.
bool leads_elsewhere(const Timeline& timeline, const Step& question, const Step& call) {
  if (question.argv.empty() || !question.argv.front().is("read")) return false;
  if (!question.called_from.empty()) return false;  // its function's status tells the answer
  const std::vector<std::string_view> names = variables_read(question);
  bool looked_at = false;
  for (std::size_t at = 0; at < timeline.branches.size(); ++at) {
    const Branch& branch = timeline.branches[at];
    if (branch.condition.file == nullptr) continue;
    const std::string_view test = branch.condition.text();
    if (std::none_of(names.begin(), names.end(), [&](std::string_view name) {
          return mention_of(test, name, 0) != std::string_view::npos;
        })) {
      continue;
    }
    looked_at = true;
    const bool on_its_way = std::any_of(call.conditions.begin(), call.conditions.end(),
                                        [&](const Condition& way) { return way.branch == at; });
    const std::size_t step = index_of(timeline, call);
    const bool ends = std::any_of(branch.leaves.begin(), branch.leaves.end(),
                                  [&](std::size_t until) { return step < until; });
    if (on_its_way || ends) return false;
  }
  return looked_at;
}

}  // namespace

bool is_asked_by_callers(const WorkspaceFacts& facts, const Finding& finding) {
  bool called = false;
  for (const TaskView& task : facts.tasks) {
    if (task.timeline->file == finding.span.file) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.docker && !step.call) continue;
      if (step.span.file != finding.span.file || !contains(step.span, finding.span)) continue;
      const Step* question = question_before(*task.timeline, step);
      if (question == nullptr || leads_elsewhere(*task.timeline, *question, step)) return false;
      called = true;
    }
  }
  return called;
}

}  // namespace composelint
