// What a command that knows no project takes from the other stacks of its machine.
#pragma once

#include <composelint/docker.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>
#include <string>

namespace composelint {

struct Loss {
  std::string what;   // "deletes every image of this machine that …"
  bool data = false;  // volumes, or containers that run
};

[[nodiscard]] std::optional<Loss> lost_by_prune(const DockerInvocation& call, bool podman);

// `docker rm $(docker ps -aq)`, `docker stop $(docker ps -q)`.
[[nodiscard]] std::optional<Loss> lost_by_list(const Timeline& timeline, const Step& step);

// `docker image prune -af --filter until=24h`: the one that is put aside is the oldest of all.
[[nodiscard]] std::optional<Loss> lost_by_age(const DockerInvocation& call);

// `stop`, `system prune -f`, `start`: what is to be started is removed in between.
[[nodiscard]] std::optional<Loss> lost_before_start(const Timeline& timeline, const Step& step);

}  // namespace composelint
