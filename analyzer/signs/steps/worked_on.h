// A service that a developer works on: sources lie over what was built, its server starts anew when
// one changes.
#pragma once

#include <composelint/compose.h>

#include <string_view>

namespace composelint {

// A directory of the host, absolute, is mounted somewhere into the service.
[[nodiscard]] bool has_mounted(const Service& service, std::string_view directory);

// The directory it is built from lies over what was built.
[[nodiscard]] bool runs_from_sources(const Service& service);

// The directory that the service is built from lies over the one it works in: its image brings what
// runs the code, and none of the code.
[[nodiscard]] bool lies_under_its_sources(const Service& service);

// So does every image that is built here.
[[nodiscard]] bool builds_no_code(const Project& project);

// Some directory out of the one it is built from lies over what was built: `./app:/app`.
[[nodiscard]] bool has_mounted_a_part(const Service& service);

// `develop: {watch: …}`: sources are put into it while it runs.
[[nodiscard]] bool is_watched(const Service& service);

// The word of entrypoint or command by which it starts anew when a source changes; empty: none.
[[nodiscard]] std::string_view reloading_server(const Service& service);

}  // namespace composelint
