// `sudo docker compose …`: probes have no terminal, so the password is asked for before them.
#pragma once

#include <string>

#include "guard/command.h"
#include "guard/process.h"
#include "guard/surroundings.h"

namespace composelint::guard {

// Sees to it that sudo in front of the command lets guard's own questions through: at a terminal by
// its own `sudo -v`, which asks at most once. Why that cannot be; empty: it is so, or there is
// none.
[[nodiscard]] std::string ready_sudo(const GuardedCommand& command, Processes& processes,
                                     Surroundings& around);

}  // namespace composelint::guard
