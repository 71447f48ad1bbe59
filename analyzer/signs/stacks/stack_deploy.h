// Files that a script hands to Swarm: `docker stack deploy -c stack.yaml shop`.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>
#include <composelint/step.h>

#include <string_view>

namespace composelint {

// `docker stack deploy -c FILE`: whether it reads the file at `path`, as far as its words say, or
// what is made of it where it is a sample. A script and what it deploys stand one above the other.
[[nodiscard]] bool deploys(const Step& step, std::string_view path);

// Some task hands the file to Swarm.
[[nodiscard]] bool is_deployed_to_swarm(const WorkspaceFacts& facts, const SourceFile& file);

}  // namespace composelint
