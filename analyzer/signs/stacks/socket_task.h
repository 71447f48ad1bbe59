// What the settings of a service that gets the socket of an engine say of it.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// `EXECUTOR_DOCKER_IMAGE=…`, `ORCHESTRATOR_BACKEND=docker`: it is told which containers it starts,
// and by what. That is what it is there for.
[[nodiscard]] bool is_told_what_to_start(const Service& service);

// Ports, the host's network, a route of a proxy: somebody else than its own stack gets to it.
[[nodiscard]] bool is_reached_from_outside(const Service& service);

}  // namespace composelint
