// Stores that keep all in memory, and are told to write it down: Redis and its like.
#pragma once

#include <composelint/compose.h>

#include <optional>

#include "analyzer/signs/data/data_directory.h"

namespace composelint {

// `redis-server --appendonly yes`.
[[nodiscard]] bool is_told_to_write(const Service& service);

// The folder for what the service is told to write down, where no named volume, directory of the
// host or tmpfs holds it.
[[nodiscard]] std::optional<DataDirectory> unkept_store_of(const Service& service);

}  // namespace composelint
