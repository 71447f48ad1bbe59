// The order of a Run: the same input gives the same reports, whatever it was met first.
#pragma once

#include <composelint/run.h>

#include <vector>

namespace composelint::engine {

// Calls, files and notifications: by path, then by place; the order of tasks is that of the file.
void sort_records(Run& run);

// By path, place and rule. A script that another one follows is met more than once: of findings of
// one rule at one place the gravest stays.
void sort_findings(std::vector<Finding>& findings);

}  // namespace composelint::engine
