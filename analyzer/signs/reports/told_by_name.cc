#include "analyzer/signs/reports/told_by_name.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

void tell_by_name(const std::vector<NamedFinding>& all) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<const NamedFinding*>> groups;
  for (const NamedFinding& each : all) {
    if (each.finding->severity == Severity::kOff || !each.finding->span) continue;
    groups[{each.finding->span.file->path(), each.within}].push_back(&each);
  }
  for (auto& [where, group] : groups) {
    std::stable_sort(group.begin(), group.end(), [](const NamedFinding* a, const NamedFinding* b) {
      return a->finding->span.begin < b->finding->span.begin;
    });
    const NamedFinding& first = *group.front();
    std::vector<std::string> names;
    for (const NamedFinding* each : group) {
      if (each == &first || each->finding->severity != first.finding->severity) continue;
      merge_into(*first.finding, *each->finding);
      const bool known = each->name == first.name ||
                         std::find(names.begin(), names.end(), each->name) != names.end();
      if (!known) names.push_back(each->name);
    }
    if (!names.empty()) first.finding->message += "; so it is with " + listed(names);
  }
}

}  // namespace composelint
