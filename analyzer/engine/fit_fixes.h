// Rules make their fixes in terms of the shell. A Makefile, a quoted scalar of YAML or a string of
// JSON writes shell text in its own way.
#pragma once

#include <composelint/finding.h>

#include <string>
#include <vector>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Rewrites the edits of `findings`, which come from the tasks of `file` at `path`, for the files
// they are in, and drops the fixes that cannot be written there. No table of hosts is behind it: a
// way of writing is right when the changed file, read again, gives every shell the text that the
// fix wants.
void fit_fixes(const hosts::HostFile& file, const std::string& path, Workspace& workspace,
               std::vector<Finding>& findings);

// The same for findings about the whole workspace, each by the file that it is in.
[[nodiscard]] std::vector<Finding> fitted(std::vector<Finding> findings, Workspace& workspace);

}  // namespace composelint::engine
