// A release that is started on another machine: what is pushed from here, or copied there.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string>
#include <vector>

namespace composelint {

[[nodiscard]] bool starts_in_background(const Step& step);

// `ssh live docker compose up -d`, `ssh live docker stack deploy …`.
[[nodiscard]] bool starts_there(const Step& step);

// `docker stack deploy …`, `docker service update …`
[[nodiscard]] bool starts_in_a_swarm(const Step& step);

// `rsync -a . ops@live:app/`, `scp compose.yaml live:app/`, into the place that `later` starts
// from.
[[nodiscard]] bool sends_source(const Step& step, const Step& later);

[[nodiscard]] std::string start_of(const Step& step);

// The commands that can start anything, here or there: a library that a script reads has thousands
// of others.
[[nodiscard]] std::vector<const Step*> possible_starts(const Timeline& timeline);

// `build`, `push`, and over there `pull` and `up -d`, or `service update --image` here: the push
// takes the image that is there.
[[nodiscard]] bool pushes_between(const Timeline& timeline, const Step& build, const Step& start);

}  // namespace composelint
