// Ports on which databases answer.
#pragma once

#include <composelint/compose.h>

#include "analyzer/signs/stacks/published_port.h"

namespace composelint {

// By the last part of the image's name: "postgis" of ghcr.io/x/postgis:16.
[[nodiscard]] bool is_database_image(const Service& service);

// The port of a database that listens on every address of the host.
[[nodiscard]] bool is_open_database(const PublishedPort& port, const Service& service);

}  // namespace composelint
