#include "analyzer/signs/steps/question.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/answer.h"

namespace composelint {

bool offers_a_way_out(const Timeline& timeline, const Step& question) {
  static constexpr std::array<std::string_view, 15> kWords = {
      "abort", "cancel", "ctrl",  "control-c", "^c",      "y/n",    "yes/no", "sure",
      "delet", "destr",  "erase", "wipe",      "proceed", "really", "lose"};
  const std::string text = announcement(timeline, question);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

bool waits_for_work(const Timeline& timeline, const Step& question) {
  static constexpr std::array<std::string_view, 6> kWords = {" after ",   " edit", " once ",
                                                             " when you", " done", " ready"};
  const std::string text = announcement(timeline, question);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

namespace {

// ".env" of `[ ! -f "$DIR/.env" ]`; empty: the test looks for no file.
std::string_view file_looked_for(std::string_view test) {
  static constexpr std::array<std::string_view, 4> kThere = {"-f ", "-e ", "-d ", "-s "};
  test.remove_prefix(std::min(test.find_first_not_of("! "), test.size()));
  if (!test.starts_with('[') && !test.starts_with("test ")) return {};  // `docker compose -f …`
  for (const std::string_view there : kThere) {
    const std::size_t at = test.find(there);
    if (at == std::string_view::npos) continue;
    std::string_view word = test.substr(at + there.size());
    word = word.substr(0, word.find_first_of(" ;]&|\n"));
    while (word.ends_with('"') || word.ends_with('\'') || word.ends_with('/')) {
      word.remove_suffix(1);
    }
    return word.substr(word.find_last_of("/\"'$") + 1);  // npos + 1 is 0
  }
  return {};
}

}  // namespace

bool is_about_a_file(const Timeline& timeline, const Step& question, const Step& step) {
  return std::any_of(
      question.conditions.begin(), question.conditions.end(), [&](const Condition& way) {
        const Branch& branch = timeline.branches[way.branch];
        const bool shared =
            std::find(step.conditions.begin(), step.conditions.end(), way) != step.conditions.end();
        if (shared || branch.kind != BranchKind::kIf || !branch.condition) return false;
        const std::string_view file = file_looked_for(branch.condition.text());
        if (file.empty() || step.span.text().find(file) != std::string_view::npos) return false;
        return answer_to(timeline, question) == Answer::kPause ||
               announcement(timeline, question).find(lower_case(file)) != std::string::npos;
      });
}

bool decides_on(const Timeline& timeline, const Step& question, const Step& step) {
  const auto index = [&](const Step& one) {
    return static_cast<std::size_t>(&one - timeline.steps.data());
  };
  const Answer answer = answer_to(timeline, question);
  if (answer == Answer::kNothing || is_about_a_file(timeline, question, step)) return false;
  if (answer == Answer::kDecides || offers_a_way_out(timeline, question)) return true;
  if (answer == Answer::kPause) {
    return timeline.reach(index(question), index(step)) == Reach::kAlways &&
           !waits_for_work(timeline, question);
  }
  // `read -p "Which stack? " NAME; docker compose -p "$NAME" down -v`.
  const std::vector<std::string_view> names = variables_read(question);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return mention_of(step.span.text(), name, 0) != std::string_view::npos;
  });
}

}  // namespace composelint
