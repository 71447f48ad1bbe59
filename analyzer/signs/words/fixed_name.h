// Whether a project has one name in every checkout.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

#include <set>
#include <string_view>

namespace composelint {

// The project is called after a directory inside of the repository: files that belong to it lie
// outside. Only -p and COMPOSE_PROJECT_NAME make another name then.
[[nodiscard]] bool is_in_a_subdirectory(const Project& project, const WorkspaceFacts& facts);

// Some call gives the name, or another compose file of the repository has it as its `name:`.
[[nodiscard]] bool is_given_somewhere(std::string_view name, const WorkspaceFacts& facts);

// What a page or a script says COMPOSE_PROJECT_NAME to be, outside of a script's comments: that is
// what all checkouts are called. None where those of a directory do not agree, and not of
// pipelines, which name what they throw away.
[[nodiscard]] std::set<std::string_view> names_set_somewhere(const WorkspaceFacts& facts);

}  // namespace composelint
