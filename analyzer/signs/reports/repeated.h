// Findings that say the same of several places of a file: one of them tells all.
#pragma once

#include <composelint/finding.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace composelint {

// Of a place that is a finding's as much as its own is.
inline constexpr std::string_view kHereAsWell = "here as well";

// `repeated` is a place of what `first` tells, and no finding of its own; they are mended together.
// All places are kept, as a comment may allow any of them.
void merge_into(Finding& first, Finding& repeated);

// A reader needs no more of them.
void tell_a_few(Finding& finding);

// "; so it is in 2 more files".
[[nodiscard]] std::string in_more_files(std::size_t more);

// "so it is in 2 more compose files". One that is read alone and included too is one file.
void tell_of_more_files(Finding& told, std::span<Finding* const> group);

}  // namespace composelint
