#include "analyzer/signs/reports/once_a_file.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "analyzer/signs/reports/repeated.h"

namespace composelint {

Together together(const Finding& finding) {
  return {finding.span.file,
          finding.fixes.empty() ? 0 : 1 + static_cast<int>(finding.fixes.front().safety)};
}

std::size_t merge_places(std::vector<Finding*>& all) {
  std::stable_sort(all.begin(), all.end(), [](const Finding* a, const Finding* b) {
    return a->severity != b->severity ? a->severity > b->severity : a->span.begin < b->span.begin;
  });
  Finding& first = *all.front();
  std::set<std::uint32_t> places = {first.span.begin};
  for (Finding* other : std::span(all).subspan(1)) {
    // Read along with others, the file is told of once more for each of them.
    if (places.insert(other->span.begin).second) {
      merge_into(first, *other);
    } else {
      other->severity = Severity::kOff;
    }
  }
  return places.size();
}

void tell_once_a_file(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<Together, std::vector<Finding*>> files;
  for (Finding* finding : findings) {
    if (finding->severity != Severity::kOff) files[together(*finding)].push_back(finding);
  }
  for (auto& [file, all] : files) {
    const std::size_t more = merge_places(all) - 1;
    if (more == 0) continue;
    all.front()->message += "; so it is with " + std::to_string(more) + " more " +
                            (more == 1 ? "place" : "places") + " of this file";
  }
}

}  // namespace composelint
