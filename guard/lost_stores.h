// What a command throws away of stores that know no SQL: keys, indices, buckets, queues.
#pragma once

#include <composelint/script_text.h>

#include <vector>

#include "guard/command.h"

namespace composelint::guard {

// A warning: what they hold may be there for a while only.
[[nodiscard]] Loss lost_stores(const GuardedCommand& command,
                               const std::vector<TextCommand>& commands);

}  // namespace composelint::guard
