// Rules whose finding is about how a file goes about its work: one finding tells all of its places.
#pragma once

#include <composelint/repeated.h>
#include <composelint/rule.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace composelint {

// The gravest of each file tells how many there are.
inline void tell_once_a_file(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<const SourceFile*, std::vector<Finding*>> files;
  for (Finding* finding : findings) files[finding->span.file].push_back(finding);
  for (auto& [file, all] : files) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    Finding& first = *all.front();
    std::size_t more = 0;
    for (Finding* other : std::span(all).subspan(1)) {
      if (other->span != first.span) ++more;
      merge_into(first, *other);
    }
    if (more == 0) continue;
    first.message += "; so it is with " + std::to_string(more) + " more " +
                     (more == 1 ? "place" : "places") + " of this file";
  }
}

}  // namespace composelint
