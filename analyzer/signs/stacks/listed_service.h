// The service that a part of its container's name, or of its image, picks out of a project.
#pragma once

#include <composelint/compose.h>

#include <string>

namespace composelint {

// The one service of the project whose container has `part` in its name.
[[nodiscard]] const Service* named_like(const Project& project, std::string part);

}  // namespace composelint
