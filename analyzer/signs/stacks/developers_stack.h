// Stacks that a developer works in: sources lie over what was built, servers start anew when a file
// changes, mail goes to a page.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// `name: shop-dev`, as the file has it, for the project or one of its networks.
[[nodiscard]] bool is_named_for_development(const Project& project);

// Nothing of it is started but by `--profile dev`, `--profile local`.
[[nodiscard]] bool is_of_developers_profiles(const Project& project);

// Sources lie over what was built, and there is a second sign: settings, env files or a Dockerfile
// for development, a server that reloads. One that is built here and made to stay without its
// sources says no. Mail that is caught says yes alone, as nobody gets it, and so do an env file
// and a Dockerfile that are named for development, a router's rule for localhost, names, profiles,
// folders, the head of the file and what is there for nothing else.
[[nodiscard]] bool is_developers_stack(const Project& project);

}  // namespace composelint
