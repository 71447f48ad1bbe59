// A script under guard: its directory of shims stands first in PATH, so that each compose command
// it starts comes by, with the evidence of those before it.
#pragma once

#include <string>
#include <vector>

#include "guard/process.h"
#include "guard/request.h"
#include "guard/script_behind.h"
#include "guard/surroundings.h"

namespace composelint::guard {

// Names the session in the environment of the script, for people: its id. A shim knows its session
// by the directory it was started from, also where the environment was emptied.
inline constexpr std::string_view kSessionVariable = "COMPOSELINT_SESSION";

// Runs the script with shims for `docker`, `docker-compose` and `sudo`, each where there is such a
// program. Its exit status is the answer; a GuardExit where it is not run: kBlocked when it would
// go around guard. `options.dry_run` only tells what can be seen of it.
[[nodiscard]] int guard_script(const GuardOptions& options, Processes& processes,
                               Surroundings& around);

// The same of a command that was given behind `--`: it is started as it stands.
[[nodiscard]] int guard_behind(const GuardOptions& options, const ScriptBehind& behind,
                               Processes& processes, Surroundings& around);

// Called first of all in main: this process was started as one of the shims. What is no business of
// guard's is replaced by the real program at once and never comes back; else the exit code.
[[nodiscard]] bool is_shim(int argc, char** argv);
[[nodiscard]] int run_shim(int argc, char** argv);

}  // namespace composelint::guard
