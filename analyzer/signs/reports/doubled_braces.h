// `${{ NAME }}`: a slip, or another tool's way to write it, that goes through a whole repository.
#pragma once

#include <composelint/finding.h>

#include <span>

namespace composelint {

// One of the refused values tells all places, and how Compose would have it.
void tell_doubled_braces_once(std::span<Finding* const> findings);

}  // namespace composelint
