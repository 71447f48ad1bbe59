// Containers in which somebody sits and works on the project.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// Its file is an editor's (`.devcontainer`). Or it is kept open by a terminal, or by what only
// waits, over the directory of the project or one above, and nobody gets to it.
[[nodiscard]] bool is_worked_in(const Service& service, const Project& project);

}  // namespace composelint
