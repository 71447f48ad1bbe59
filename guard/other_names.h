// Ways past the shims that give docker another name: links, copies, variables, and texts that
// another program runs.
#pragma once

#include <composelint/shell.h>

#include <vector>

#include "guard/past_shim.h"

namespace composelint::guard {

// As ways_past_shim has it.
[[nodiscard]] std::vector<PastShim> ways_by_other_names(const std::vector<Command>& commands,
                                                        const ShimWorld& world, bool sets_path);

}  // namespace composelint::guard
