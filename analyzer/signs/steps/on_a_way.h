// Steps that run under a condition, and what is reached whenever they have run.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// On the way on which `first` runs, `then` is reached: `if [ -z "$(docker compose ps -q db)" ];
// then docker compose up -d db; fi` leads to all that stands behind it in the same place.
[[nodiscard]] bool leads_to(const Timeline& timeline, const Step& first, const Step& then);

}  // namespace composelint
