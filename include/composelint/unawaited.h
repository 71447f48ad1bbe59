// A database that is used right behind the call that starts it.
#pragma once

#include <composelint/database_use.h>
#include <composelint/lifecycle.h>
#include <composelint/waiting.h>

#include <optional>

namespace composelint {

struct Unawaited {
  const Step* start = nullptr;      // that starts it and comes back at once
  const Step* sleep = nullptr;      // the first fixed pause in between; null without one
  const Service* service = nullptr;  // that may not answer yet
};

namespace detail {

// Nobody is surprised when it fails: it asks, it is allowed to, or a loop comes back to it.
[[nodiscard]] inline bool may_fail(const Timeline& timeline, const Step& step) {
  if (step.status == StatusUse::kDiscarded || step.background) return true;
  const bool chained = std::none_of(
      timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
        return branch.kind != BranchKind::kAnd && branch.kind != BranchKind::kFor &&
               branch.kind != BranchKind::kCase && branch.kind != BranchKind::kLeft &&
               written_in(branch.condition, step);
      });
  if (step.status == StatusUse::kDecides && !chained) return true;
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const BranchKind kind = timeline.branches[way.branch].kind;
    return kind == BranchKind::kWhile || kind == BranchKind::kFor || kind == BranchKind::kOnFailure;
  });
}

}  // namespace detail

// Only what is sure: the script starts the service whenever it gets to `use`, and nothing on the
// way waits for anything.
[[nodiscard]] inline std::optional<Unawaited> unawaited_use(const Timeline& timeline,
                                                            const Step& use) {
  const Service* service = use.place == Place::kContainer ? nullptr : needed_database(use);
  if (service == nullptr || detail::may_fail(timeline, use) || detail::tries_again(use)) {
    return std::nullopt;
  }
  if (use.call->is("run") && awaited_by(started_by(*use.call), *service)) return std::nullopt;
  const std::size_t here = index_of(timeline, use);
  Unawaited found;
  for (std::size_t i = 0; i < here; ++i) {
    const Step& step = timeline.steps[i];
    if (step.detached != use.detached || timeline.reach(i, here) == Reach::kNever) continue;
    if (found.start != nullptr) {
      if (sleeps(step) && found.sleep == nullptr) found.sleep = &step;
      if (waits(timeline, step) != Waits::kNo || step.asks || detail::may_hide_compose(step) ||
          needed_database(step) == service || step.effect == Effect::kShell) {
        return std::nullopt;
      }
    }
    if (!step.call || !same_stack(*step.call, *use.call) || !same_place(step, use)) continue;
    const ComposeInvocation& call = *step.call;
    if (call.opaque_options) return std::nullopt;
    if (!call.is("up") && !call.is("start") && !call.is("restart") && !call.is("run")) continue;
    const auto started = started_by(call);
    if (std::find(started.begin(), started.end(), service) == started.end()) continue;
    if (call.has("--wait") || awaited_by(started, *service)) return std::nullopt;
    const bool detaches = !call.is("up") || call.has("--detach");
    if (found.start == nullptr && detaches && !call.is("run") &&
        timeline.reach(i, here) == Reach::kAlways) {
      found.start = &step;
      found.service = service;
    }
  }
  return found.start == nullptr ? std::nullopt : std::optional(found);
}

}  // namespace composelint
