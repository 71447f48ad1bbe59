// Containers of a stack that a developer works in, which scripts enter by their names.
#pragma once

#include <composelint/compose.h>
#include <composelint/step.h>

#include <span>

namespace composelint {

// `docker exec shop-db …`: every file that calls a container so is a developer's, or has a twin for
// production in which it is called otherwise.
[[nodiscard]] bool enters_a_developers_container(const Step& step,
                                                 std::span<const Project* const> projects);

}  // namespace composelint
