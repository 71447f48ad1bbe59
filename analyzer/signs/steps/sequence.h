// Steps among each other: what rules ask of the order in which things would run.
#pragma once

#include <composelint/invocation.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <cstddef>

namespace composelint {

// `step` is one of the timeline's own.
[[nodiscard]] std::size_t index_of(const Timeline& timeline, const Step& step);

// Both are bound to projects, and those have the same name.
[[nodiscard]] bool same_stack(const ComposeInvocation& a, const ComposeInvocation& b);

// Nothing says that they act on different ones.
[[nodiscard]] bool may_share_stack(const ComposeInvocation& a, const ComposeInvocation& b);

// Same machine, same container.
[[nodiscard]] bool same_place(const Step& a, const Step& b);

// The latest step before `step` that `wanted` picks out and that may have run on the way here; null
// without one.
template <typename Wanted>
[[nodiscard]] const Step* last_before(const Timeline& timeline, const Step& step, Wanted wanted) {
  for (std::size_t i = index_of(timeline, step); i-- > 0;) {
    const Step& other = timeline.steps[i];
    if (other.detached == step.detached && wanted(other) &&
        timeline.reach(i, index_of(timeline, step)) != Reach::kNever) {
      return &other;
    }
  }
  return nullptr;
}

// The first step behind `step` that `wanted` picks out and that may run once `step` has.
template <typename Wanted>
[[nodiscard]] const Step* first_after(const Timeline& timeline, const Step& step, Wanted wanted) {
  const std::size_t at = index_of(timeline, step);
  for (std::size_t i = at + 1; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (other.detached == step.detached && wanted(other) &&
        timeline.reach(at, i) != Reach::kNever) {
      return &other;
    }
  }
  return nullptr;
}

// "Press Enter after editing .env", "Domain:": nobody is asked whether to go on, and nobody told of
// a backup.
[[nodiscard]] bool waits_only(const Timeline& timeline, const Step& question);

// "Install the plugin? (y/N)", on a way of its own: who goes past it has agreed to nothing else.
[[nodiscard]] bool is_about_something_else(const Timeline& timeline, const Step& question,
                                           const Step& step);

// The question that the operator is asked on some way to `step`; null without one.
[[nodiscard]] const Step* question_before(const Timeline& timeline, const Step& step);

// Destructive work is then the operator's decision.
[[nodiscard]] bool asked_before(const Timeline& timeline, const Step& step);

}  // namespace composelint
