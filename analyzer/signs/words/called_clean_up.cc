#include "analyzer/signs/words/called_clean_up.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

constexpr std::array<std::string_view, 5> kCleanups = {"clean", "clear", "uninstall", "prune",
                                                       "purge"};

// `[ "$1" = purge ]`, `[[ $command == clean ]]`: only the word that is compared counts, and in
// `a || b` that of each side.
bool is_asked_by_word(const Span& condition) {
  const std::string_view test = condition.text();
  bool found = false;
  bool other = false;
  for (std::size_t at = test.find("= "); at != test.npos; at = test.find("= ", at + 1)) {
    const std::size_t begin = std::min(test.find_first_not_of(" \"'-", at + 1), test.size());
    const std::string_view word = test.substr(begin);
    const bool same =
        at > 0 && test[at - 1] != '!' && test.substr(0, at).find('$') != test.npos &&
        std::any_of(kCleanups.begin(), kCleanups.end(),
                    [&](std::string_view cleanup) { return word.starts_with(cleanup); });
    (same ? found : other) = true;
  }
  return found && (!other || test.find("||") == test.npos);
}

}  // namespace

bool names_a_cleanup(std::string_view name) {
  return std::any_of(kCleanups.begin(), kCleanups.end(),
                     [&](std::string_view word) { return name.find(word) != name.npos; });
}

bool is_called_a_cleanup(const Timeline& timeline, const Step& step) {
  if (names_a_cleanup(file_name(timeline.file->path())) || names_a_cleanup(timeline.task)) {
    return true;
  }
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind == BranchKind::kUncalled) return names_a_cleanup(branch.name);
    if (branch.kind == BranchKind::kIf && way.arm == 0) return is_asked_by_word(branch.condition);
    return branch.kind == BranchKind::kCase && way.arm < branch.patterns.size() &&
           branch.patterns[way.arm].file != nullptr &&
           names_a_cleanup(branch.patterns[way.arm].text());
  });
}

}  // namespace composelint
