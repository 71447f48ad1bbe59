// What the settings of a service that gets the socket of an engine, and of others, say of it.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// `EXECUTOR_DOCKER_IMAGE=…`, `ORCHESTRATOR_BACKEND=docker`: it is told which containers it starts,
// and by what. That is what it is there for.
[[nodiscard]] bool is_told_what_to_start(const Service& service);

// Ports, the host's network, a route of a proxy: somebody else than its own stack gets to it.
[[nodiscard]] bool is_reached_from_outside(const Service& service);

// `DOCKER_HOST: tcp://socket:2375`, `--docker.endpoint=tcp://socket:2375`: others ask it instead of
// the engine.
[[nodiscard]] bool stands_for_the_engine(const Service& service, const Project& project);

}  // namespace composelint
