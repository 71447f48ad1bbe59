#include "analyzer/signs/reports/once_a_run.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "analyzer/signs/reports/repeated.h"

namespace composelint {

void tell_once_a_run(std::vector<Finding*> findings) {
  std::erase_if(findings, [](const Finding* each) { return each->severity == Severity::kOff; });
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::set<const SourceFile*> files;
  for (const Finding* each : findings) files.insert(each->span.file);
  if (files.size() < 2) return;
  Finding& first = *findings.front();
  for (Finding* other : std::span(findings).subspan(1)) merge_into(first, *other);
  first.message += in_more_files(files.size() - 1);
}

}  // namespace composelint
