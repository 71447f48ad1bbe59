// Images of the repository itself that are released with a way back.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

namespace composelint {

// `latest` is what the pipeline of the repository pushed last, each of its releases has a name
// there, and the repository tells how to go back to one.
[[nodiscard]] bool has_a_way_back(const WorkspaceFacts& facts, const Service& service);

}  // namespace composelint
