// Services that only say what another file's lack an image or a build: one call without that file.
#pragma once

#include <composelint/finding.h>

#include <span>

namespace composelint {

// The first one of a file gives the names of the others.
void tell_half_services_once(std::span<Finding* const> findings);

}  // namespace composelint
