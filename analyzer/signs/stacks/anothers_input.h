// Files that another tool reads and makes compose files of.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// `exclusive:`, `required:` at the top level, lists or several, and no slip of a key that Compose
// knows: what the file says is a default of whatever is made of it.
[[nodiscard]] bool is_anothers_input(const Project& project);

}  // namespace composelint
