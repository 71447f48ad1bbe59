// Findings that one option of a shell mends: `set -o pipefail`.
#pragma once

#include <composelint/finding.h>

#include <span>

namespace composelint {

// A script is one shell, whatever its arms; a recipe or a job's step is one of its own. The gravest
// of a shell's findings tells how many there are, and has the fix.
void tell_once_a_shell(std::span<Finding* const> findings);

}  // namespace composelint
