#include "analyzer/evidence/demanded_backup.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint::evidence {

namespace {

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// The test asks for the file itself, or a function called by it does. That a folder for backups or
// the program that takes them is there says nothing of one.
bool is_about_a_backup(std::string_view test) {
  while (test.starts_with("! ") || test.starts_with(' ')) test.remove_prefix(1);
  if (!has(test, "backup") || has(test, ".sh")) return false;
  static constexpr std::array<std::string_view, 4> kAsks = {" -e ", " -f ", " -r ", " -s "};
  if (test.starts_with('[') || test.starts_with("test ")) {
    return std::any_of(kAsks.begin(), kAsks.end(),
                       [&](std::string_view asks) { return has(test, asks); });
  }
  static constexpr std::array<std::string_view, 5> kLooks = {"check", "ensure", "require",
                                                             "validate", "verify"};
  const std::string_view name = test.substr(0, test.find_first_of(" \t\n;"));
  return has(name, "backup") &&
         std::any_of(kLooks.begin(), kLooks.end(), [&](auto look) { return has(name, look); });
}

// Written before the step, or before a call on the way to it.
bool stands_before(const Span& place, const Step& step) {
  const auto before = [&](const Span& other) {
    return other.file == place.file && place.end <= other.begin;
  };
  return before(step.span) || std::any_of(step.called_from.begin(), step.called_from.end(), before);
}

}  // namespace

bool demands_a_backup(const Timeline& timeline, std::size_t about) {
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const bool asks = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kOr ||
                      branch.kind == BranchKind::kAnd;
    if (!asks || !branch.condition || branch.arms < 2 ||
        !stands_before(branch.condition, timeline.steps[about]) ||
        !is_about_a_backup(lower_case(branch.condition.text()))) {
      return false;
    }
    return branch.leads_to(0, about) != branch.leads_to(1, about);
  });
}

}  // namespace composelint::evidence
