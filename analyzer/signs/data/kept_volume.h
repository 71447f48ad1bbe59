// Volumes that hold what is nowhere else: the rows of a database, the files of users.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>
#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// A database writes there, or the name or the place in the container speaks of data, and it is no
// cache, no index of a search engine and nothing that is filled at each start.
[[nodiscard]] bool keeps_data(const Volume& volume, const Project& project);

// `volumes: [/srv/uploads]` of what is left to run: `rm -v` takes them with the container.
[[nodiscard]] bool keeps_files_without_a_name(const Service& service);

// `docker volume rm shop_data`, and some project in sight has such a volume, or `docker run -v`
// puts it where a server keeps its data. Of "${PROJECT}_data" the end is enough, and of a list
// what it is sieved for (`docker volume ls -q | grep data`).
[[nodiscard]] bool removes_kept_volume(const WorkspaceFacts& facts, Span removal);

// `-f docker-compose.live.yml`, which is in no sight, beside a stack whose volumes are kept.
[[nodiscard]] bool is_a_variant_of_a_kept_stack(const WorkspaceFacts& facts,
                                                const ComposeInvocation& call, Span place);

}  // namespace composelint
