// Containers in which somebody sits and works on the project.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// Its file is an editor's (`.devcontainer`). Or it is kept open by a terminal, or by what only
// waits, over the directory of the project or one above, and nobody gets to it.
[[nodiscard]] bool is_worked_in(const Service& service, const Project& project);

// Its command or its entrypoint only waits, over the directory of the project or one above: an
// editor or a terminal starts in it what one works on, ports or not.
[[nodiscard]] bool waits_over_the_project(const Service& service, const Project& project);

}  // namespace composelint
