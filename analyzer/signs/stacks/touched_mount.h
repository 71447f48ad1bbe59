// Whether what runs in a container of `docker run` has to do with one of its mounts.
#pragma once

#include <composelint/docker.h>

#include <string_view>

namespace composelint {

// `docker run -v data:/data … tar czf /to/etc.tgz /etc` goes past /data.
[[nodiscard]] bool may_touch(const DockerInvocation& run, std::string_view target);

}  // namespace composelint
