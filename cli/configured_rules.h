// The rules there are: built-in ones, and those of the configuration.
#pragma once

#include <composelint/result.h>

#include "analyzer/engine/check.h"
#include "cli/arguments.h"

namespace composelint::cli {

// A run over no files. What is wrong with the configuration is told on standard error.
[[nodiscard]] Result<engine::Outcome> configured_rules(const ConfigFileOptions& config);

// Each notification of the run that is trouble, as a line on standard error; whether there is one.
bool tell_trouble(const Run& run);

}  // namespace composelint::cli
