// Mounts whose place in the container is no absolute path: the engine makes no such container.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// The first of the service's mounts that ends it; null: none. Paths of Windows are another matter.
[[nodiscard]] const Mount* relative_target(const Service& service);

[[nodiscard]] bool has_relative_target(const Mount& mount);

}  // namespace composelint
