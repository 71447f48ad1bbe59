// `config --hash`: what Compose compares to tell whether a container is up to date.
#pragma once

#include <composelint/result.h>

#include <string>

#include "analyzer/compose/loader.h"

namespace composelint::cli {

// "name hash" lines of the services in `names` (separated by commas, "*" for all).
[[nodiscard]] Result<std::string> service_hashes(const compose::LoadedProject& loaded,
                                                 const std::string& names);

}  // namespace composelint::cli
