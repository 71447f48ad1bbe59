#include "analyzer/signs/stacks/looked_for_name.h"

#include <composelint/contains.h>

#include <algorithm>
#include <string>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// As both releases of Compose would join it.
std::string joined_alike(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
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
           find_name(joined_alike(test), wanted) != test.npos;
  });
}

}  // namespace composelint
