// Whether a project has one name in every checkout.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

#include <string_view>

namespace composelint {

// The project is called after a directory inside of the repository: files that belong to it lie
// outside. Only -p and COMPOSE_PROJECT_NAME make another name then.
[[nodiscard]] bool is_in_a_subdirectory(const Project& project, const WorkspaceFacts& facts);

// Some call gives the name, or another compose file of the repository has it as its `name:`.
[[nodiscard]] bool is_given_somewhere(std::string_view name, const WorkspaceFacts& facts);

// A page or a script has COMPOSE_PROJECT_NAME with it: that is what all checkouts are called.
[[nodiscard]] bool is_set_somewhere(std::string_view name, const WorkspaceFacts& facts);

}  // namespace composelint
