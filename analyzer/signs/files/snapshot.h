// Files that were written to show a state of a stack: people look at them, and nobody runs them.
#pragma once

#include <composelint/source.h>

namespace composelint {

// `docker compose config > state.yaml 2>&1`: the first line is one of Compose's own log.
[[nodiscard]] bool begins_with_a_log(const SourceFile& file);

}  // namespace composelint
