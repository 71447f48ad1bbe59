// What a run means to the caller.
#pragma once

#include <composelint/exit_code.h>
#include <composelint/run.h>

#include <optional>

#include "analyzer/engine/check.h"

namespace composelint::cli {

// What fails a run: as the command line says, else the configuration, else warnings.
[[nodiscard]] std::optional<Severity> fail_level(std::optional<Severity> told,
                                                 const engine::Outcome& outcome);

// Trouble outweighs findings: a run that did not see everything proves nothing. `fail_on` nothing
// means that findings never fail the run.
[[nodiscard]] ExitCode verdict(const Run& run, std::optional<Severity> fail_on);

}  // namespace composelint::cli
