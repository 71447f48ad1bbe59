// Findings that are the way of a repository: one of them tells all files.
#pragma once

#include <composelint/finding.h>

#include <vector>

namespace composelint {

// The gravest, what is run before what is read, and the first of those tells in how many more files
// it is so.
void tell_once_a_run(std::vector<Finding*> findings);

}  // namespace composelint
