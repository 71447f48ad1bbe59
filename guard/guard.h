// The corridor: a command line is understood, the stack is asked, the rules judge, it is decided,
// locked, journalled, run, verified and journalled again.
#pragma once

#include <composelint/exit_code.h>

#include "guard/process.h"
#include "guard/request.h"
#include "guard/surroundings.h"

namespace composelint::guard {

// The exit code of the process: the task's own where it ran and was verified, else a GuardExit.
// JSON goes to standard output when the task's own output does not (`--dry-run`, `--output`), else
// to standard error.
[[nodiscard]] int guard(const GuardOptions& options, Processes& processes, Surroundings& around);

}  // namespace composelint::guard
