// Findings that say the same of several places of a file: one of them tells all.
#pragma once

#include <composelint/finding.h>
#include <composelint/folded_key.h>

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace composelint {

// Of a place that is a finding's as much as its own is.
inline constexpr std::string_view kHereAsWell = "here as well";

// `repeated` is a place of what `first` tells, and no finding of its own; they are mended together.
inline void merge_into(Finding& first, Finding& repeated) {
  constexpr std::size_t kMostRelated = 4;
  const bool elsewhere = !(repeated.span == first.span);  // else read along with others
  if (elsewhere && first.related.size() < kMostRelated) {
    first.related.push_back({repeated.span, std::string(kHereAsWell)});
  }
  if (!first.fixes.empty() && !repeated.fixes.empty() &&
      first.fixes.front().safety == repeated.fixes.front().safety) {
    std::vector<Edit>& edits = first.fixes.front().edits;
    const std::vector<Edit>& more = repeated.fixes.front().edits;
    edits.insert(edits.end(), more.begin(), more.end());
  }
  if (elsewhere) take_in(first, repeated);
  repeated.severity = Severity::kOff;
}

// "so it is in 2 more compose files". One that is read alone and included too is one file.
inline void tell_of_more_files(Finding& told, std::span<Finding* const> group) {
  std::set<const SourceFile*> files;
  for (const Finding* finding : group) files.insert(finding->span.file);
  files.erase(told.span.file);
  if (files.empty()) return;
  told.message += "; so it is in " + std::to_string(files.size()) + " more compose file" +
                  (files.size() == 1 ? "" : "s");
}

}  // namespace composelint
