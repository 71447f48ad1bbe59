// A command line of docker itself, taken apart.
#pragma once

#include <composelint/docker.h>

#include <optional>
#include <span>

namespace composelint::calls {

// Nothing when the program is another one, the verb is `compose`, or no verb of the table stands
// there.
[[nodiscard]] std::optional<DockerInvocation> read_docker_line(std::span<const Argument> argv);

}  // namespace composelint::calls
