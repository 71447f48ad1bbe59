// Whether what is in use runs by something else than this compose file.
#pragma once

#include <composelint/compose.h>

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Another compose file that is plainly production's; empty: there is none. `path` is absolute.
[[nodiscard]] std::string file_for_production(const Project& project, const std::string& path,
                                              Workspace& workspace);

// "The base file is a development stack", says the head of one beside it that is a server's; empty:
// none does.
[[nodiscard]] std::string called_development_beside(const std::string& path, Workspace& workspace);

// `k8s/` or `fly.toml` of the repository, a pipeline that hands the application to a cloud. Empty:
// nothing of that kind is there, or the stack has what only one in use has.
[[nodiscard]] std::string deployed_by_a_platform(const Project& project, const std::string& path,
                                                 Workspace& workspace);

// Podman's units for systemd run what is built here: what the pages say of a server is about those.
[[nodiscard]] std::string deployed_by_units(const Project& project, const std::string& path,
                                            Workspace& workspace);

// Compose refuses the project whatever is laid over it, and the repository has a chart: its name
// says nothing.
[[nodiscard]] bool is_left_for_a_chart(const Project& project, const std::string& path,
                                       Workspace& workspace);

// Some directory beside the file is mounted into what is built here.
[[nodiscard]] bool mounts_sources(const Project& project);

}  // namespace composelint::engine
