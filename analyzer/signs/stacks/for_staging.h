// Calls for a stack that tries releases out.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker-compose.staging.yml`: what is lost there can be had again.
[[nodiscard]] bool is_for_staging(const Step& step);

// `deploy-staging.sh`, a job `qa`, an arm `demo)`: what it works on is there to try things out.
[[nodiscard]] bool is_called_a_trial(const Timeline& timeline, const Step& step);

// By file and project both, or the script brings it up itself: it is there for as long as a release
// is tried out.
[[nodiscard]] bool is_staged_for_a_trial(const Timeline& timeline, const Step& step);

}  // namespace composelint
