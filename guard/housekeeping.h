// `guard status`, `history`, `recover` and `unlock`: exit codes, the text on standard output.
#pragma once

#include "guard/process.h"
#include "guard/request.h"
#include "guard/surroundings.h"

namespace composelint::guard {

[[nodiscard]] int show_status(const GuardOptions& options, Processes& processes,
                              Surroundings& around);
[[nodiscard]] int show_history(const GuardOptions& options, Surroundings& around);
// Asks before each, unless --yes. 0 when nothing is left over any more.
[[nodiscard]] int recover_runs(const GuardOptions& options, Processes& processes,
                               Surroundings& around);
// A lock ends with the process that holds it, whatever way that goes: what there is to know is who.
[[nodiscard]] int show_lock(const GuardOptions& options, Processes& processes,
                            Surroundings& around);

}  // namespace composelint::guard
