// Findings about the same words in several files of a repository.
#pragma once

#include <composelint/finding.h>

#include <span>

namespace composelint {

// Files that are copies of each other where it matters: one finding tells all.
void tell_same_words_once(std::span<Finding* const> findings);

}  // namespace composelint
