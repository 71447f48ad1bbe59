// What `config` prints of a resolved project.
#pragma once

#include <composelint/result.h>

#include <string>

#include "analyzer/compose/loader.h"
#include "cli/config_options.h"

namespace composelint::cli {

// The text of the view `options` choose. Fails with kUnsupported on what only a registry knows or
// Compose's own encoder cannot write, and with kUsage on a path that leads nowhere.
[[nodiscard]] Result<std::string> view_of_project(const ConfigOptions& options,
                                                  compose::LoadedProject loaded);

}  // namespace composelint::cli
