// Variables that a script gives to the programs it calls.
#pragma once

#include <composelint/timeline.h>

#include <string>

namespace composelint {

// The script may bring the variable itself: `set -a; . ./.env`.
[[nodiscard]] bool brings_variables(const Timeline& timeline, const std::string& name);

}  // namespace composelint
