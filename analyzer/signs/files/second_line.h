// Whether `docker-compose` is the second line under the old name, as other files of the repository
// show.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// `docker compose` is called as well: where that alone is installed, the other name is not found.
[[nodiscard]] bool calls_the_plugin(const WorkspaceFacts& facts);

// Some call takes what the first line refuses (`exec -it`, `up --wait`, `ls`, a file with
// `include:`) and none is of the plugin, or a playbook names a second release.
[[nodiscard]] bool has_second_line(const WorkspaceFacts& facts);

// The jobs of this file, or that run it, are in images that have it, or Docker Hub builds by it.
[[nodiscard]] bool runs_where_it_is(const WorkspaceFacts& facts, const SourceFile& file);

// Anywhere in the repository: what the first line refuses is called, or a second release named.
[[nodiscard]] bool calls_second_line(const WorkspaceFacts& facts);

}  // namespace composelint
