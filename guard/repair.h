// `--fix`: the command line as the safe fixes of its findings leave it.
#pragma once

#include <composelint/finding.h>

#include <optional>
#include <string>
#include <vector>

#include "guard/command.h"

namespace composelint::guard {

// argv after one round of fixes; nothing when none is safe, or what comes out is no command of
// plain words.
[[nodiscard]] std::optional<std::vector<std::string>> repaired(
    const GuardedCommand& command, const std::vector<Finding>& findings);

}  // namespace composelint::guard
