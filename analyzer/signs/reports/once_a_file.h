// Rules whose finding is about how a file goes about its work: one finding tells all of its places.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace composelint {

// What the findings that are told together have in common: they are mended in one go, or by hand.
using Together = std::pair<const SourceFile*, int>;

[[nodiscard]] Together together(const Finding& finding);

// Puts the gravest of these findings of one file first and merges the others into it; how many
// places it stands for.
std::size_t merge_places(std::vector<Finding*>& all);

// The gravest of each file tells how many there are.
void tell_once_a_file(const WorkspaceFacts&, std::span<Finding* const> findings);

}  // namespace composelint
