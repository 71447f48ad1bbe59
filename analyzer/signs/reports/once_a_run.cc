#include "analyzer/signs/reports/once_a_run.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "analyzer/signs/reports/repeated.h"

namespace composelint {

namespace {

bool bites_first(const Finding* left, const Finding* right) {
  const auto page = [](const Finding* each) { return each->span.file->path().ends_with(".md"); };
  if (left->severity != right->severity) return left->severity > right->severity;
  return !page(left) && page(right);
}

}  // namespace

void tell_once_a_run(std::vector<Finding*> findings) {
  std::erase_if(findings, [](const Finding* each) { return each->severity == Severity::kOff; });
  std::stable_sort(findings.begin(), findings.end(), bites_first);
  std::set<const SourceFile*> files;
  for (const Finding* each : findings) files.insert(each->span.file);
  if (files.size() < 2) return;
  Finding& first = *findings.front();
  for (Finding* other : std::span(findings).subspan(1)) merge_into(first, *other);
  first.message += in_more_files(files.size() - 1);
}

}  // namespace composelint
