#include "analyzer/signs/steps/on_a_way.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

bool is_a_test(const Branch& branch) {
  return branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd ||
         branch.kind == BranchKind::kOr || branch.kind == BranchKind::kCase;
}

// Both stand under `way`, or under two tests of the same text: `if [ -n "$DUMP" ]` twice.
bool has_like(const Timeline& timeline, const std::vector<Condition>& ways, const Condition& way) {
  const Branch& wanted = timeline.branches[way.branch];
  return std::any_of(ways.begin(), ways.end(), [&](const Condition& other) {
    if (other == way) return true;
    const Branch& branch = timeline.branches[other.branch];
    return other.arm == way.arm && branch.kind == BranchKind::kIf &&
           wanted.kind == BranchKind::kIf && branch.condition.file == wanted.condition.file &&
           branch.condition.size() > 0 && branch.condition.text() == wanted.condition.text();
  });
}

// `make build && make up`, `cd app && up -d`: a link of a chain of work. What fails in front of it
// is another matter; `[ … ] && up -d` is none.
bool is_link_of_a_chain(const Timeline& timeline, const Condition& way) {
  static constexpr std::array<std::string_view, 10> kTests = {
      "[", "[[", "cmp", "command", "diff", "false", "grep", "test", "type", "which"};
  const Branch& branch = timeline.branches[way.branch];
  if (branch.kind != BranchKind::kAnd || way.arm != 0) return false;
  bool works = false;
  for (const Step& step : timeline.steps) {
    if (!written_in(branch.condition, step)) continue;
    const std::string_view program = program_name(step);
    if (step.asks || step.effect == Effect::kReads || program.empty() ||
        std::find(kTests.begin(), kTests.end(), program) != kTests.end()) {
      return false;
    }
    works = true;
  }
  return works;
}

}  // namespace

bool leads_to(const Timeline& timeline, const Step& first, const Step& then) {
  const std::size_t at = index_of(timeline, first);
  const std::size_t here = index_of(timeline, then);
  const Reach reach = timeline.reach(at, here);
  if (reach != Reach::kMaybe) return reach == Reach::kAlways;
  const bool in_a_chain =
      std::all_of(first.conditions.begin(), first.conditions.end(), [&](const Condition& way) {
        return is_link_of_a_chain(timeline, way) || has_like(timeline, then.conditions, way);
      });
  if (in_a_chain) return true;
  const bool tested =
      std::all_of(first.conditions.begin(), first.conditions.end(), [&](const Condition& way) {
        return is_a_test(timeline.branches[way.branch]) || has_like(timeline, then.conditions, way);
      });
  return tested &&
         std::all_of(then.conditions.begin(), then.conditions.end(), [&](const Condition& way) {
           return has_like(timeline, first.conditions, way);
         });
}

}  // namespace composelint
