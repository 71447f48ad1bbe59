// Dumps of databases that the script itself has started, and that go with it.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker run -d --name tmp_db example/db` without a volume, and then `docker exec tmp_db
// pg_dump`: what is dumped is what the script has put in, and it can put it in again.
[[nodiscard]] bool is_of_own_container(const Timeline& timeline, const Step& step);

}  // namespace composelint
