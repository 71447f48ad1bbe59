#include "analyzer/signs/steps/may_fail.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/asked_again.h"
#include "analyzer/signs/steps/dropped_status.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// `if exec web migrate; then …; else exit 1; fi`: work whose failure ends the script. A question
// that is put there is one.
bool ends_script_when_it_fails(const Timeline& timeline, const Step& step) {
  if (step.effect == Effect::kReads || step.role == Role::kHealth || step.role == Role::kWaits) {
    return false;
  }
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    if (branch.kind != BranchKind::kIf || !written_in(branch.condition, step)) return false;
    const std::string_view before =
        branch.condition.file->bytes().substr(0, branch.condition.begin);
    const std::size_t last = before.find_last_not_of(" \t");
    const std::uint32_t failed = last != before.npos && before[last] == '!' ? 0 : 1;
    return failed < branch.arms &&
           branch.leaves[failed] > timeline.steps.size();  // `exit 0` is no failure
  });
}

// `load; for i in 1 2 3; do if [ $? -ne 0 ]; then sleep 5; load; fi; done`.
bool is_tried_again_behind(const Timeline& timeline, const Step& step) {
  if (step.status == StatusUse::kStops || step.argv.empty()) return false;
  return first_after(timeline, step, [&](const Step& other) {
           return says_the_same(step, other) && repeats_with_pauses(timeline, other) &&
                  !repeats_with_pauses(timeline, step);
         }) != nullptr;
}

}  // namespace

bool may_fail(const Timeline& timeline, const Step& step) {
  // `migrate || echo "it failed"`: said, and nobody tries again.
  const bool only_said = says_that_it_failed(step) &&
                         (step.effect == Effect::kMigrates || step.effect == Effect::kRestores);
  if ((step.status == StatusUse::kDiscarded && !only_said) || step.background) return true;
  const bool chained =
      std::none_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
        return branch.kind != BranchKind::kAnd && branch.kind != BranchKind::kFor &&
               branch.kind != BranchKind::kCase && branch.kind != BranchKind::kLeft &&
               written_in(branch.condition, step);
      });
  if (step.status == StatusUse::kDecides && !chained &&
      !ends_script_when_it_fails(timeline, step)) {
    return true;
  }
  const auto is_repeated = [&](const Condition& way) {
    const BranchKind kind = timeline.branches[way.branch].kind;
    const bool again = kind == BranchKind::kFor &&
                       (step.status == StatusUse::kDecides || repeats_with_pauses(timeline, step));
    return kind == BranchKind::kWhile || again || kind == BranchKind::kOnFailure;
  };
  return std::any_of(step.conditions.begin(), step.conditions.end(), is_repeated) ||
         is_tried_again_behind(timeline, step);
}

}  // namespace composelint
