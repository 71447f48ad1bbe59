#include "analyzer/signs/reports/sibling_files.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool leads(const SourceFile& file, const SourceFile& other) {
  const auto rank = [](const SourceFile& each) {
    const std::string_view path = each.path();
    const bool produces = has_name_word(file_name(path), {"prod", "production"});
    return std::tuple(!produces, !has_default_name(each), path.size(), path);
  };
  return rank(file) < rank(other);
}

void tell_with_siblings(std::vector<Told> all) {
  std::sort(all.begin(), all.end(), [](const Told& a, const Told& b) {
    if (a.finding->severity != b.finding->severity) {
      return a.finding->severity > b.finding->severity;
    }
    if (a.finding->span.file != b.finding->span.file) {
      return leads(*a.finding->span.file, *b.finding->span.file);
    }
    return a.finding->span.begin < b.finding->span.begin;
  });
  std::vector<std::pair<const Told*, std::vector<Finding*>>> leaders;
  for (const Told& each : all) {
    const auto leader = std::find_if(leaders.begin(), leaders.end(), [&](const auto& known) {
      return known.first->within == each.within &&
             known.first->finding->span.file != each.finding->span.file &&
             std::includes(known.first->what.begin(), known.first->what.end(), each.what.begin(),
                           each.what.end());
    });
    if (leader == leaders.end()) {
      leaders.push_back({&each, {}});
    } else {
      leader->second.push_back(each.finding);
    }
  }
  for (auto& [leader, others] : leaders) {
    for (Finding* other : others) merge_into(*leader->finding, *other);
    tell_of_more_files(*leader->finding, others);
  }
}

}  // namespace composelint
