#include "analyzer/signs/stacks/for_staging.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

bool says_staging(const ComposeInvocation& call, std::string_view option) {
  return std::any_of(call.global_options.begin(), call.global_options.end(),
                     [&](const OptionUse& use) {
                       return use.name == option && use.value &&
                              file_name(use.value->text).find("staging") != std::string_view::npos;
                     });
}

// `deploy-qa.sh`, `qa.env`; in the middle of a name it may be any stage of several, or a place.
bool begins_or_ends_with_qa(std::string_view name) {
  constexpr std::string_view kApart = "-_./ :";
  name = name.substr(0, name.rfind('.'));
  return has_name_word(name.substr(0, name.find_first_of(kApart)), {"qa"}) ||
         has_name_word(name.substr(name.find_last_of(kApart) + 1), {"qa"});  // npos + 1 is 0
}

bool names_a_trial(std::string_view text) {
  return (has_name_word(text,
                        {"demo", "preprod", "preview", "review", "sandbox", "staging", "uat"}) ||
          begins_or_ends_with_qa(text)) &&
         !has_name_word(text, {"prod", "production", "live"}) &&
         !(has_name_word(text, {"review"}) && has_name_word(text, {"release"}));
}

// "staging" of `[ "$1" = staging ]`, where that is all that is asked.
bool asks_for_a_trial(std::string_view test) {
  if (test.find("||") != test.npos || test.find('!') != test.npos) return false;
  for (std::size_t at = test.find('='); at != test.npos; at = test.find('=', at + 1)) {
    const std::size_t begin = test.find_first_not_of("= \t\"'", at);
    if (begin == test.npos) return false;
    const std::string_view value = test.substr(begin);
    const std::size_t end = value.find_first_of(" \t\"';]");
    if (names_a_trial(value.substr(0, end))) return true;
  }
  return false;
}

// `staging|demo)`: each of them.
bool all_name_a_trial(std::string_view patterns) {
  while (true) {
    const std::size_t end = patterns.find('|');
    if (!names_a_trial(patterns.substr(0, end))) return false;
    if (end == patterns.npos) return true;
    patterns.remove_prefix(end + 1);
  }
}

}  // namespace

bool is_for_staging(const Step& step) {
  return step.call && says_staging(*step.call, "--file");
}

bool is_staged_for_a_trial(const Timeline& timeline, const Step& step) {
  if (!step.call) return false;
  const bool by_file = says_staging(*step.call, "--file");
  const bool by_name = says_staging(*step.call, "--project-name");
  if (by_file && by_name) return true;
  return (by_file || by_name) &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
           return other.call && other.call->is("up") && same_place(other, step) &&
                  says_staging(*other.call, by_file ? "--file" : "--project-name");
         });
}

bool is_called_a_trial(const Timeline& timeline, const Step& step) {
  if (names_a_trial(timeline.task) || names_a_trial(file_name(timeline.file->path()))) return true;
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind == BranchKind::kUncalled) return names_a_trial(branch.name);
    if (branch.kind == BranchKind::kIf) {
      const std::string_view test = branch.condition ? branch.condition.text() : "";
      return way.arm == 0 && asks_for_a_trial(test);
    }
    return branch.kind == BranchKind::kCase && way.arm < branch.patterns.size() &&
           branch.patterns[way.arm].file != nullptr &&
           all_name_a_trial(branch.patterns[way.arm].text());
  });
}

}  // namespace composelint
