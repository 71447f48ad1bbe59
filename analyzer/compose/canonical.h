// Short forms made long, over a whole file, and what is done right behind it.
#pragma once

#include <composelint/result.h>

#include "analyzer/compose/load.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// Every attribute with several forms gets its long one. With `lenient`, entries that do not parse
// stay as they are: variables were not put in.
[[nodiscard]] MaybeFailure make_canonical(Value& tree, bool lenient, Load& load);

// Attributes that were left out and have a default even before the model is complete.
[[nodiscard]] MaybeFailure set_defaults(Value& tree, Load& load);

// What no schema says: attributes that exclude each other, addresses, blank paths.
[[nodiscard]] MaybeFailure check_attributes(const Value& tree, Load& load);

}  // namespace composelint::compose
