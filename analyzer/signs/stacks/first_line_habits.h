// What hangs on how Compose v1 calls its containers and prints its tables: v2 does both otherwise.
#pragma once

#include <composelint/rule.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker-compose ps db | cut -d' ' -f4`: v2 has other columns, and other words in them.
[[nodiscard]] bool reads_columns(const Timeline& task);

// Someone knows a container or an image by the name that v1 gives it.
[[nodiscard]] bool knows_old_names(const WorkspaceFacts& facts);

}  // namespace composelint
