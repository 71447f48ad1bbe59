// Services that `up` has waited for on behalf of others.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `exec db pg_isready` behind `up -d` of a stack in which another service waits for `db` to be
// healthy: had it not come, the script would have ended there.
[[nodiscard]] bool is_known_to_be_healthy(const Timeline& timeline, const Step& question);

}  // namespace composelint
