// A script under guard: its directory of shims stands first in PATH, so that each compose command
// it starts comes by, with the evidence of those before it.
#pragma once

#include <string>
#include <vector>

#include "guard/process.h"
#include "guard/request.h"
#include "guard/surroundings.h"

namespace composelint::guard {

// Variables that tie a shim to its session.
inline constexpr std::string_view kSessionVariable = "COMPOSELINT_SESSION";  // id and directory
// Runs the script with shims for `docker` and `docker-compose`. Its exit status is the answer.
[[nodiscard]] int guard_script(const GuardOptions& options, Processes& processes,
                               Surroundings& around);

// Called first of all in main: this process was started as `docker` or `docker-compose` within a
// session. What is no business of guard's is replaced by the real program at once and never comes
// back; else the exit code.
[[nodiscard]] bool is_shim(int argc, char** argv);
[[nodiscard]] int run_shim(int argc, char** argv);

}  // namespace composelint::guard
