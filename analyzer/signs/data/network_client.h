// A client in a container of its own, which gets to a service by the network of its project.
#pragma once

#include <composelint/step.h>
#include <composelint/taken_for.h>
#include <composelint/timeline.h>

#include "analyzer/signs/steps/entered.h"

namespace composelint {

// `docker run --network shop_default postgres:16 psql -h db`: the database it asks, of a project
// that the script starts.
[[nodiscard]] Entered reached_by_network(const Timeline& timeline, const Step& step,
                                         const TakenFor& taken = {});

}  // namespace composelint
