// A prune that spares what is younger, and no stack.
#pragma once

#include <composelint/docker.h>

#include <optional>
#include <string>

namespace composelint {

// `until=24h`, where the only filters are of that kind: no stack is spared, and the release to go
// back to is older than a few days.
[[nodiscard]] std::optional<std::string> short_age_of(const DockerInvocation& call);

}  // namespace composelint
