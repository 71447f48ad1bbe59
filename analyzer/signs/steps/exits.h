// Commands that leave the script, by how they are written.
#pragma once

#include <composelint/shell.h>

namespace composelint {

[[nodiscard]] bool is_exit(const Command& command);

// `[ -f compose.yaml ] || exit 1`: the script looks whether it is where it shall be.
[[nodiscard]] bool looks_where_it_is(const Command& command);

}  // namespace composelint
