// Ports of the host whose number a template of `.env` says.
#pragma once

#include <composelint/compose.h>

#include <vector>

#include "analyzer/signs/stacks/published_port.h"

namespace composelint {

// What the service publishes, also as whoever copies the template has it: `"${DB_PORT}:5432"`, and
// `DB_PORT=5432` in `.env.example`.
[[nodiscard]] std::vector<PublishedPort> ports_with_template(const Service& service,
                                                             const Project& project);

}  // namespace composelint
