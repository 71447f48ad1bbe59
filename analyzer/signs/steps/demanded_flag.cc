#include "analyzer/signs/steps/demanded_flag.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/vain_test.h"

namespace composelint {

namespace {

// `[ "$2" != "--confirm-restore" ]`, `[[ "${FORCE:-0}" == 1 ]]`, `test -z "$I_KNOW"`, in lower
// case.
bool tests_consent(std::string_view text) {
  static constexpr std::array<std::string_view, 15> kWords = {
      "$yes",    "${yes",     "--yes",       "_yes",         "allow_",
      "confirm", "consent",   "destructive", "force",        "i-am-sure",
      "i-know",  "i_am_sure", "i_know",      "i_understand", "really"};
  static constexpr std::array<std::string_view, 3> kOthers = {"no_confirm", "no-confirm", "skip"};
  const auto names = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  const bool tests = text.starts_with("[") || text.starts_with("test ");
  return tests && names("$") && !is_tested_for_text(text, text.find('$')) &&
         std::any_of(kWords.begin(), kWords.end(), names) &&
         std::none_of(kOthers.begin(), kOthers.end(), names);
}

// It holds where the consent is lacking.
bool tests_for_lack(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kLacks = {"!=", "-z ", "-ne ", "[ ! "};
  return std::any_of(kLacks.begin(), kLacks.end(), [&](std::string_view lack) {
    return text.find(lack) != std::string_view::npos;
  });
}

// Written before the step, or before a call on the way to it.
bool stands_before(const Span& place, const Step& step) {
  const auto before = [&](const Span& other) {
    return other.file == place.file && place.end <= other.begin;
  };
  return before(step.span) || std::any_of(step.called_from.begin(), step.called_from.end(), before);
}

}  // namespace

bool consents_by_flag(const Timeline& timeline, const Step& step) {
  const std::size_t here = index_of(timeline, step);
  for (std::uint32_t at = 0; at < timeline.branches.size(); ++at) {
    const Branch& branch = timeline.branches[at];
    const bool fails = branch.kind == BranchKind::kOr;
    if (!fails && branch.kind != BranchKind::kIf && branch.kind != BranchKind::kAnd) continue;
    if (!branch.condition || branch.arms < 2) continue;
    const std::string text = lower_case(branch.condition.text());
    if (!tests_consent(text) || !stands_before(branch.condition, step)) continue;
    // The arm on which it was not given. Of `a || b` arm 0 has failed.
    const std::uint32_t without = tests_for_lack(text) != fails ? 0 : 1;
    const std::uint32_t with = 1 - without;
    if (!branch.leads_to(without, here) && branch.leads_to(with, here)) return true;
    if (std::find(step.conditions.begin(), step.conditions.end(), Condition{at, with}) !=
        step.conditions.end()) {
      return true;
    }
  }
  return false;
}

}  // namespace composelint
