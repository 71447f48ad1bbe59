// Steps among each other: what rules ask of the order in which things would run.
#pragma once

#include <composelint/question.h>
#include <composelint/timeline.h>

#include <algorithm>
#include <cstddef>

namespace composelint {

// `step` is one of the timeline's own.
[[nodiscard]] inline std::size_t index_of(const Timeline& timeline, const Step& step) {
  return static_cast<std::size_t>(&step - timeline.steps.data());
}

// Both are bound to projects, and those have the same name.
[[nodiscard]] inline bool same_stack(const ComposeInvocation& a, const ComposeInvocation& b) {
  const Project* left = a.target.project;
  const Project* right = b.target.project;
  return left != nullptr && right != nullptr &&
         (left == right || left->name.value == right->name.value);
}
// Nothing says that they act on different ones.
[[nodiscard]] inline bool may_share_stack(const ComposeInvocation& a, const ComposeInvocation& b) {
  return a.target.project == nullptr || b.target.project == nullptr || same_stack(a, b);
}

// Same machine, same container.
[[nodiscard]] inline bool same_place(const Step& a, const Step& b) {
  return a.place == b.place && a.place_name == b.place_name;
}

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
[[nodiscard]] inline bool waits_only(const Timeline& timeline, const Step& question) {
  const std::string text = detail::announcement(timeline, question);
  const Answer answer = question.asks ? answer_to(timeline, question) : Answer::kDecides;
  const bool only =
      answer == Answer::kValue || (answer == Answer::kPause && waits_for_work(timeline, question));
  return only && !offers_a_way_out(timeline, question) && text.find("backup") == text.npos &&
         text.find("dump") == text.npos && text.find("snapshot") == text.npos;
}

namespace detail {

// "Install the plugin? (y/N)", on a way of its own: who goes past it has agreed to nothing else.
[[nodiscard]] inline bool is_about_something_else(const Timeline& timeline, const Step& question,
                                                  const Step& step) {
  static constexpr std::array<std::string_view, 6> kOther = {"download", "export", "install",
                                                             "plugin",   "editor", "browser"};
  static constexpr std::array<std::string_view, 15> kLoss = {
      "abort", "cancel", "continu", "delet",  "destr", "drop", "eras", "lose",
      "loss",  "overwr", "proceed", "really", "remov", "sure", "wipe"};
  // `read -p "Which installation? " FILE; docker compose -f "$FILE" down -v`.
  for (const std::string_view name : variables_read(question)) {
    if (mention_of(step.span.text(), name, 0) != std::string_view::npos) return false;
  }
  std::string text = announcement(timeline, question);
  // `confirm "Export the settings?"`, and no path of a script.
  if (!question.called_from.empty()) {
    const std::string_view call = question.called_from.back().text();
    if (call.find('/') == call.npos) text += lower_case(call);
  }
  const auto speaks_of = [&](std::string_view word) { return text.find(word) != text.npos; };
  return std::any_of(kOther.begin(), kOther.end(), speaks_of) &&
         std::none_of(kLoss.begin(), kLoss.end(), speaks_of);
}

}  // namespace detail

// The question that the operator is asked on some way to `step`; null without one.
[[nodiscard]] inline const Step* question_before(const Timeline& timeline, const Step& step) {
  const std::size_t at = index_of(timeline, step);
  for (std::size_t i = at; i-- > 0;) {
    const Step& other = timeline.steps[i];
    const Reach reach = other.asks ? timeline.reach(i, at) : Reach::kNever;
    if (reach == Reach::kNever) continue;
    if (reach == Reach::kMaybe && detail::is_about_something_else(timeline, other, step)) {
      continue;
    }
    // A function that nothing here calls asks on the way to what it does itself.
    const bool same =
        !other.detached || (step.detached && other.conditions.front() == step.conditions.front());
    if (same && decides_on(timeline, other, step)) return &other;
  }
  return nullptr;
}

// Destructive work is then the operator's decision.
[[nodiscard]] inline bool asked_before(const Timeline& timeline, const Step& step) {
  return question_before(timeline, step) != nullptr;
}

// The step runs in a loop of kind `kind`.
[[nodiscard]] inline bool inside_of(const Timeline& timeline, const Step& step, BranchKind kind) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    return timeline.branches[way.branch].kind == kind;
  });
}

}  // namespace composelint
