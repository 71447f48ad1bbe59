// Mounts whose place in the container is no absolute path: the engine makes no such container.
#pragma once

#include <composelint/compose.h>

#include <vector>

namespace composelint {

// The service's mounts that end it. Paths of Windows and blanks are another matter.
[[nodiscard]] std::vector<const Mount*> relative_targets(const Service& service);

// The first of them; null: none.
[[nodiscard]] const Mount* relative_target(const Service& service);

}  // namespace composelint
