// Commands that run at the same time until all have answered.
#pragma once

#include <span>
#include <vector>

#include "guard/process.h"
#include "guard/signals.h"

namespace composelint::guard {

// As Processes::capture.
[[nodiscard]] std::vector<Captured> capture_all(std::span<const Command> commands,
                                                const Bounds& bounds, Signals& signals);

}  // namespace composelint::guard
