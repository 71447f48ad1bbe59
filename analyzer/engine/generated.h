// Compose files that something else writes: what could be better in them is to be mended there.
#pragma once

#include <composelint/source.h>

namespace composelint::engine {

// The comment at the head of the file says so: "generated … DO NOT EDIT".
[[nodiscard]] bool is_generated(const SourceFile& file);

}  // namespace composelint::engine
