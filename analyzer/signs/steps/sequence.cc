#include "analyzer/signs/steps/sequence.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/answer.h"
#include "analyzer/signs/steps/question.h"

namespace composelint {

std::size_t index_of(const Timeline& timeline, const Step& step) {
  return static_cast<std::size_t>(&step - timeline.steps.data());
}

bool same_stack(const ComposeInvocation& a, const ComposeInvocation& b) {
  const Project* left = a.target.project;
  const Project* right = b.target.project;
  return left != nullptr && right != nullptr &&
         (left == right || left->name.value == right->name.value);
}

bool may_share_stack(const ComposeInvocation& a, const ComposeInvocation& b) {
  return a.target.project == nullptr || b.target.project == nullptr || same_stack(a, b);
}

bool same_place(const Step& a, const Step& b) {
  return a.place == b.place && a.place_name == b.place_name;
}

bool waits_only(const Timeline& timeline, const Step& question) {
  const std::string text = announcement(timeline, question);
  const Answer answer = question.asks ? answer_to(timeline, question) : Answer::kDecides;
  const bool only =
      answer == Answer::kValue || (answer == Answer::kPause && waits_for_work(timeline, question));
  return only && !offers_a_way_out(timeline, question) && text.find("backup") == text.npos &&
         text.find("dump") == text.npos && text.find("snapshot") == text.npos;
}

bool is_about_something_else(const Timeline& timeline, const Step& question, const Step& step) {
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

const Step* question_before(const Timeline& timeline, const Step& step) {
  const std::size_t at = index_of(timeline, step);
  for (std::size_t i = at; i-- > 0;) {
    const Step& other = timeline.steps[i];
    const Reach reach = other.asks ? timeline.reach(i, at) : Reach::kNever;
    if (reach == Reach::kNever) continue;
    if (reach == Reach::kMaybe && is_about_something_else(timeline, other, step)) {
      continue;
    }
    // A function that nothing here calls asks on the way to what it does itself.
    const bool same =
        !other.detached || (step.detached && other.conditions.front() == step.conditions.front());
    if (same && decides_on(timeline, other, step)) return &other;
  }
  return nullptr;
}

bool asked_before(const Timeline& timeline, const Step& step) {
  return question_before(timeline, step) != nullptr;
}

}  // namespace composelint
