// `check --fix`: what is changed, written or shown.
#pragma once

#include <composelint/exit_code.h>

#include <functional>
#include <string>

#include "analyzer/engine/check.h"
#include "cli/arguments.h"

namespace composelint::cli {

// The report of what is left.
using Render = std::function<ExitCode(const engine::Outcome& outcome)>;

// Makes the fixes and reports by `render`, or shows them and writes nothing. `filter` takes out of
// a run what is neither to be reported nor fixed; it may be empty.
[[nodiscard]] ExitCode check_and_fix(const engine::CheckRequest& request,
                                     const CheckOptions& options,
                                     const std::function<void(Run&)>& filter, const Render& render);

}  // namespace composelint::cli
