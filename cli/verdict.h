// What a run means to the caller.
#pragma once

#include <composelint/exit_code.h>
#include <composelint/run.h>

#include <optional>

namespace composelint::cli {

// Trouble outweighs findings: a run that did not see everything proves nothing. `fail_on` nothing
// means that findings never fail the run.
[[nodiscard]] ExitCode verdict(const Run& run, std::optional<Severity> fail_on);

}  // namespace composelint::cli
