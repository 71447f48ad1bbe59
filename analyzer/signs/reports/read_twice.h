// Files that a call lays over themselves: what is a list there is refused for its repeats.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

namespace composelint {

// Points to the call that names a file which another of its files includes: alone the file has the
// value once.
void point_to_second_reading(const WorkspaceFacts& facts, Finding& finding);

}  // namespace composelint
