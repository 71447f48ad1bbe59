// An entrypoint of the repository that migrates before it runs what it is given.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

namespace composelint {

// `ENTRYPOINT ["/entrypoint.sh"]` of the service's Dockerfile, or its own `entrypoint:`, names a
// script that migrates at each start, whatever it is told: who does so by hand comes second.
[[nodiscard]] bool migrates_at_each_start(const Service& service, const WorkspaceFacts& facts);

}  // namespace composelint
