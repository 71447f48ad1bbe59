// Services that `up` has waited for on behalf of others, or the runner of a job.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `exec db pg_isready` behind `up -d` of a stack in which another service waits for `db` to be
// healthy: had it not come, the script would have ended there.
[[nodiscard]] bool is_known_to_be_healthy(const Timeline& timeline, const Step& question);

// `exec app migrate` behind an `up` that has waited for the healthy database of `app`: nothing else
// needs to answer.
[[nodiscard]] bool has_its_database_since_up(const Timeline& timeline, const Step& step);

// `up --abort-on-container-exit test`, `run test`, of services that come up behind healthy ones:
// the call waits itself, and fails where nothing becomes healthy.
[[nodiscard]] bool waits_by_itself(const Step& step);

// `services: db: options: --health-cmd=…` of the job: the runner takes no step before the service
// is healthy.
[[nodiscard]] bool is_awaited_by_the_runner(const Timeline& task);

}  // namespace composelint
