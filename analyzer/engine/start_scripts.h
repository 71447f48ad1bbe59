// How long the start scripts of a database keep its first server, which listens on its socket
// alone.
#pragma once

#include <composelint/compose.h>
#include <composelint/file_system.h>
#include <composelint/finding.h>

#include <vector>

namespace composelint::engine {

// Switches off what is said of scripts that are over before anybody asks.
void weigh_start_scripts(const Project& project, const FileSystem& files,
                         std::vector<Finding>& findings);

}  // namespace composelint::engine
