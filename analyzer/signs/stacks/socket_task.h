// What the settings of a service that gets the socket of an engine, and of others, say of it.
#pragma once

#include <composelint/compose.h>

#include "analyzer/signs/stacks/socket_user.h"

namespace composelint {

// What is built here has the name of what it is built of, mostly. `portainer` of an image that says
// nothing steers as well.
[[nodiscard]] Purpose purpose_of(const Service& service);

// `EXECUTOR_DOCKER_IMAGE=…`, `ORCHESTRATOR_BACKEND=docker`: it is told which containers it starts,
// by what, or how much they may take (`EXECUTOR_PIDS_LIMIT`). That is what it is there for.
[[nodiscard]] bool is_told_what_to_start(const Service& service);

// `OPS_SOCKET=/var/run/docker.sock`: the socket is there to be used, whatever for.
[[nodiscard]] bool is_told_of_the_socket(const Service& service);

// Ports, the host's network, a route of a proxy: somebody else than its own stack gets to it.
[[nodiscard]] bool is_reached_from_outside(const Service& service);

// `user: 1000:1000` and no group besides: the socket is root's and its group's.
[[nodiscard]] bool cannot_open_it(const Service& service);

// `DOCKER_HOST: tcp://socket:2375`, `--docker.endpoint=tcp://socket:2375`: others ask it instead of
// the engine.
[[nodiscard]] bool stands_for_the_engine(const Service& service, const Project& project);

}  // namespace composelint
