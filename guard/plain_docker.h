// Docker's own commands at what belongs to a project: `docker exec`, `docker rm`, `docker volume
// rm` reach the same containers and volumes as Compose's, and say no word of it.
#pragma once

#include <composelint/argument.h>

#include <span>
#include <string>
#include <vector>

#include "guard/process.h"
#include "guard/request.h"
#include "guard/settings.h"
#include "guard/surroundings.h"

namespace composelint::guard {

// By the words alone: whether it is one of those. Wrappers are taken off.
[[nodiscard]] bool reaches_by_plain_docker(std::span<const Argument> argv);

// Why it is not let pass: what it reaches is protected, and what it does may change data. Empty: it
// is, also where nothing is protected, and then the engine is not asked.
[[nodiscard]] std::string why_not_by_plain_docker(const GuardOptions& options,
                                                  const Settings& settings, Processes& processes,
                                                  const Surroundings& around,
                                                  const FileSystem& files);

}  // namespace composelint::guard
