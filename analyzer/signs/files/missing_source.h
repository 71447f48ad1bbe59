// Files of the repository that a project mounts and that are not there.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <string>

namespace composelint {

// Another reading of the same line, from another directory or with other variables, finds it.
[[nodiscard]] bool is_there_for_others(const WorkspaceFacts& facts, const Project& project,
                                       const Span& span);

// The path as a user reads it: "conf/nginx.conf" of "bind source conf/nginx.conf is not there".
[[nodiscard]] std::string shown_source(const ProjectProblem& problem);

}  // namespace composelint
