#include "analyzer/evidence/other_work.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/answer.h"
#include "analyzer/signs/steps/giving_up.h"

namespace composelint::evidence {

namespace {

bool is_one_of(std::string_view name, const std::vector<std::string_view>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Runs on the answer: the question is its test, or the variable that has the answer stands there.
bool hangs_on(const Branch& branch, const Step& question,
              const std::vector<std::string_view>& answers) {
  if (!branch.condition) return false;
  if (written_in(branch.condition, question)) return true;
  const std::string_view test = branch.condition.text();
  return std::any_of(answers.begin(), answers.end(), [&](std::string_view name) {
    return mention_of(test, name, 0) != std::string_view::npos;
  });
}

// The task stands on one of its ways, or one of them does not come to it.
bool decides(const Branch& branch, std::uint32_t at, std::size_t task, const Step& step) {
  const bool inside = std::any_of(step.conditions.begin(), step.conditions.end(),
                                  [&](const Condition& way) { return way.branch == at; });
  if (inside || branch.kind == BranchKind::kWhile) return true;
  for (std::uint32_t arm = 0; arm < branch.arms; ++arm) {
    if (!branch.leads_to(arm, task)) return true;
  }
  return false;
}

}  // namespace

bool is_about_other_work(const Timeline& timeline, const Step& question, const Step& task) {
  static constexpr std::array<std::string_view, 3> kSaved = {"backup", "dump", "snapshot"};
  const std::string text = announcement(timeline, question);
  if (std::any_of(kSaved.begin(), kSaved.end(),
                  [&](std::string_view word) { return text.find(word) != text.npos; })) {
    return false;
  }
  // A function's answer is looked at where it was called.
  const bool here =
      question.called_from.empty() && !question.argv.empty() && question.argv.front().is("read");
  const auto answers = here ? variables_read(question) : std::vector<std::string_view>();
  const auto index = static_cast<std::size_t>(&task - timeline.steps.data());
  bool found = false;
  for (std::uint32_t i = 0; i < timeline.branches.size(); ++i) {
    const Branch& branch = timeline.branches[i];
    if (!hangs_on(branch, question, answers)) continue;
    if (decides(branch, i, index, task)) return false;
    // `GO=1`, which is asked for later on.
    for (const std::string_view name : names_set_in(branch)) {
      if (!is_one_of(name, answers)) return false;
    }
    found = true;
  }
  return found;
}

}  // namespace composelint::evidence
