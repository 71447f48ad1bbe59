// Which files of a stack's data the programs of a command remove, or write over.
#pragma once

#include <composelint/script_text.h>

#include <vector>

#include "guard/command.h"

namespace composelint::guard {

// Files of a database; all that another volume holds. `commands` are those that run in the
// container.
[[nodiscard]] Loss lost_files(const GuardedCommand& command,
                              const std::vector<TextCommand>& commands);

}  // namespace composelint::guard
