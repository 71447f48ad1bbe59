// Steps that run under a condition, and what is reached whenever they have run.
#pragma once

#include <composelint/sequence.h>
#include <composelint/waiting.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

namespace detail {

[[nodiscard]] inline bool is_a_test(const Branch& branch) {
  return branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd ||
         branch.kind == BranchKind::kOr;
}

// Both stand under `way`, or under two tests of the same text: `if [ -n "$DUMP" ]` twice.
[[nodiscard]] inline bool has_like(const Timeline& timeline, const std::vector<Condition>& ways,
                                   const Condition& way) {
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
[[nodiscard]] inline bool is_link_of_a_chain(const Timeline& timeline, const Condition& way) {
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

}  // namespace detail

// On the way on which `first` runs, `then` is reached: `if [ -z "$(docker compose ps -q db)" ];
// then docker compose up -d db; fi` leads to all that stands behind it in the same place.
[[nodiscard]] inline bool leads_to(const Timeline& timeline, const Step& first, const Step& then) {
  const std::size_t at = index_of(timeline, first);
  const std::size_t here = index_of(timeline, then);
  const Reach reach = timeline.reach(at, here);
  if (reach != Reach::kMaybe) return reach == Reach::kAlways;
  const bool in_a_chain =
      std::all_of(first.conditions.begin(), first.conditions.end(), [&](const Condition& way) {
        return detail::is_link_of_a_chain(timeline, way) ||
               detail::has_like(timeline, then.conditions, way);
      });
  if (in_a_chain) return true;
  const bool tested =
      std::all_of(first.conditions.begin(), first.conditions.end(), [&](const Condition& way) {
        return detail::is_a_test(timeline.branches[way.branch]) ||
               detail::has_like(timeline, then.conditions, way);
      });
  return tested &&
         std::all_of(then.conditions.begin(), then.conditions.end(), [&](const Condition& way) {
           return detail::has_like(timeline, first.conditions, way);
         });
}

}  // namespace composelint
