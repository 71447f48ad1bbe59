#include "analyzer/signs/reports/unknown_keys.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/refusal_words.h"
#include "analyzer/signs/words/allowed_there.h"

namespace composelint {

void tell_unknown_keys_once(std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::string>, std::vector<Finding*>> alike;
  for (Finding* finding : findings) {
    const std::string key = unknown_key(finding->key.front());
    if (key.empty() || finding->severity == Severity::kOff) continue;
    if (is_allowed_there(finding->span, finding->rule)) continue;
    alike[{finding->span.file, key}].push_back(finding);
  }
  for (auto& [key, all] : alike) {
    const std::size_t more = merge_places(all) - 1;
    all.front()->message += in_more_places(more);
  }
}

void tell_unknown_tops_once(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Finding*> tops(findings.begin(), findings.end());
  std::erase_if(tops, [](const Finding* each) {
    return !each->key.front().starts_with("unknown top-level key");
  });
  tell_once_a_file(facts, tops);
}

}  // namespace composelint
