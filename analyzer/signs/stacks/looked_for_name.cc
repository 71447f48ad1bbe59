#include "analyzer/signs/stacks/looked_for_name.h"

#include <composelint/contains.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// As both releases of Compose would join it.
std::string joined_alike(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

// `if ! docker ps | grep -q shop_db_1; then …`
bool is_negated(const Branch& branch) {
  std::string_view front = branch.condition.file->bytes().substr(0, branch.condition.begin);
  front = front.substr(0, front.find_last_not_of(" \t") + 1);  // npos + 1 is 0
  return front.ends_with('!');
}

// Where a negated test leads to, the name has not been found.
bool is_in_first_arm(const Timeline& timeline, const Branch& branch, Span place) {
  const auto at = static_cast<std::size_t>(&branch - timeline.branches.data());
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    return contains(step.span, place) &&
           std::any_of(step.conditions.begin(), step.conditions.end(),
                       [&](const Condition& way) { return way.branch == at && way.arm == 0; });
  });
}

}  // namespace

bool is_looked_for_by_name(const Timeline& timeline, Span place, std::string_view name) {
  const std::string wanted = joined_alike(name);
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    if (branch.kind != BranchKind::kIf || !contains(branch.span, place)) return false;
    const std::string_view test = branch.condition.text();
    const bool lists =
        test.find("docker ps") != test.npos || test.find("container ls") != test.npos;
    return lists && !contains(branch.condition, place) &&
           find_name(joined_alike(test), wanted) != test.npos &&
           !(is_negated(branch) && is_in_first_arm(timeline, branch, place));
  });
}

}  // namespace composelint
