// Messages tell of files as the repository has them, wherever it is checked out.
#pragma once

#include <composelint/finding.h>

#include <string>
#include <vector>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Takes the root of the workspace off the paths in what the findings say and are known by.
void tell_from_root(Workspace& workspace, const std::string& working_directory,
                    std::vector<Finding>& findings);

// Fills Run::path_in_repository.
void place_in_repository(Workspace& workspace, const std::string& working_directory, Run& run);

}  // namespace composelint::engine
