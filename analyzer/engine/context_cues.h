// Why findings have the context that they have, so that people can contradict it.
#pragma once

#include <composelint/run.h>

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// For the findings of `run` and those that are suppressed.
void tell_context_cues(Workspace& workspace, const std::string& working_directory, Run& run);

}  // namespace composelint::engine
