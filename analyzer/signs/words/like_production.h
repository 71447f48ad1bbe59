// What is set up as production is, and is not it.
#pragma once

#include <composelint/source.h>

namespace composelint {

// The comment at its head calls it "prod-like", "like production".
[[nodiscard]] bool is_said_to_be_like_production(const SourceFile& file);

}  // namespace composelint
