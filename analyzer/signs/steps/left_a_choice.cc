#include "analyzer/signs/steps/left_a_choice.h"

#include <composelint/contains.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// `[ "$answer" = y ]` on a line of its own behind the question: under errexit it ends the script.
bool is_tested_under_errexit(const Timeline& timeline, const Step& question) {
  static constexpr std::array<std::string_view, 4> kTests = {"[ ", "[[ ", "grep ", "test "};
  const Span around = timeline.branches[question.conditions.back().branch].span;
  if (!question.errexit || question.span.file == nullptr) return false;
  // The way, or the function that asks.
  std::string_view rest = question.span.file->bytes().substr(question.span.end);
  rest = rest.substr(
      0, contains(around, question.span) ? around.end - question.span.end : rest.find("\n}"));
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find_first_of("\n;"));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (std::any_of(kTests.begin(), kTests.end(),
                    [&](std::string_view test) { return line.starts_with(test); })) {
      return true;
    }
  }
  return false;
}

// Somebody who says no there keeps the step from being done: the script may end behind the
// question, or the step stands under what is tested there. `if [ -n "$IMAGES" ]; then read …; fi`
// that goes on either way keeps it from nothing.
bool leaves_a_choice(const Timeline& timeline, const Step& question, const Step& step) {
  const std::size_t from = index_of(timeline, question);
  if (question.conditions.empty() ||
      timeline.reach(from, index_of(timeline, step)) != Reach::kMaybe) {
    return true;
  }
  const bool own_way = std::all_of(
      question.conditions.begin(), question.conditions.end(), [&](const Condition& way) {
        const BranchKind kind = timeline.branches[way.branch].kind;
        const bool shared =
            std::find(step.conditions.begin(), step.conditions.end(), way) != step.conditions.end();
        return shared || kind == BranchKind::kIf || kind == BranchKind::kCase;
      });
  if (!own_way) return true;
  const std::size_t last = question.conditions.back().branch;
  const auto opened_behind = [&](std::size_t branch) { return branch > last; };
  if (std::any_of(step.conditions.begin(), step.conditions.end(),
                  [&](const Condition& way) { return opened_behind(way.branch); })) {
    return true;
  }
  for (std::size_t i = last + 1; i < timeline.branches.size(); ++i) {
    const auto& leaves = timeline.branches[i].leaves;
    if (std::any_of(leaves.begin(), leaves.end(), [&](std::size_t end) { return end > from; })) {
      return true;
    }
  }
  return is_tested_under_errexit(timeline, question);
}

}  // namespace

bool asked_with_a_choice(const Timeline& timeline, const Step& step) {
  const Step* question = question_before(timeline, step);
  while (question != nullptr && !leaves_a_choice(timeline, *question, step)) {
    question = question_before(timeline, *question);
  }
  return question != nullptr;
}

}  // namespace composelint
