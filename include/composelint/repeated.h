// Findings that say the same of several places of a file: one of them tells all.
#pragma once

#include <composelint/finding.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

// Of a place that is a finding's as much as its own is.
inline constexpr std::string_view kHereAsWell = "here as well";

// `repeated` is a place of what `first` tells, and no finding of its own; they are mended together.
inline void merge_into(Finding& first, Finding& repeated) {
  constexpr std::size_t kMostRelated = 4;
  if (first.related.size() < kMostRelated) {
    first.related.push_back({repeated.span, std::string(kHereAsWell)});
  }
  if (!first.fixes.empty() && !repeated.fixes.empty() &&
      first.fixes.front().safety == repeated.fixes.front().safety) {
    std::vector<Edit>& edits = first.fixes.front().edits;
    const std::vector<Edit>& more = repeated.fixes.front().edits;
    edits.insert(edits.end(), more.begin(), more.end());
  }
  repeated.severity = Severity::kOff;
}

}  // namespace composelint
