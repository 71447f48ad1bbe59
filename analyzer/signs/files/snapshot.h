// Files that were written to show a state of a stack: people look at them, and nobody runs them.
#pragma once

#include <composelint/source.h>

#include <string_view>

namespace composelint {

// `context-2025-09-19_203527`, `state_20250919T194728Z`: a day and a time of that day. A day alone
// may be that of a talk or a release, and `20250919194728_init` is how migrations are called.
[[nodiscard]] bool is_named_for_a_moment(std::string_view directory);

// `docker compose config > state.yaml 2>&1`: the first line is one of Compose's own log.
[[nodiscard]] bool begins_with_a_log(const SourceFile& file);

}  // namespace composelint
