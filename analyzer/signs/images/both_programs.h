// Scripts that call Compose by both of its names: as they find one installed, or by oversight.
#pragma once

#include <composelint/timeline.h>

#include <span>

namespace composelint {

// The script may take whichever of the two it finds: something asks, or a variable holds one.
[[nodiscard]] bool may_pick_a_program(std::span<const Timeline* const> tasks);

}  // namespace composelint
