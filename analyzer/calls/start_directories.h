// The directories that a script may have been started in, as far as they decide which stack its
// calls act on.
#pragma once

#include <composelint/file_system.h>
#include <composelint/invocation.h>

#include <optional>
#include <string>
#include <vector>

#include "analyzer/calls/call_site.h"

namespace composelint::calls {

// Those that are there. One that is not may be another repository, with all that is in it.
[[nodiscard]] std::vector<std::string> existing_starts(const FileSystem& files,
                                                       const CallSite& site,
                                                       const std::string& root);
// Each start from which the call finds its files, the likeliest first. `named`: the compose files
// of -f or COMPOSE_FILE; `project_directory`: where the call gives one.
[[nodiscard]] std::vector<std::string> working_directories(
    const FileSystem& files, const CallSite& site, const std::string& root,
    const ComposeInvocation& call, const std::vector<std::string>& named,
    const std::optional<std::string>& project_directory);

}  // namespace composelint::calls
