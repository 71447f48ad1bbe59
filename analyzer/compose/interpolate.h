// Variables put into a whole file, and typed attributes cast to their type.
#pragma once

#include <composelint/result.h>

#include "analyzer/compose/environment.h"
#include "analyzer/compose/load.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// Replaces every string of `tree` in place; keys are left alone. Fails with kInvalid and the span
// of the value: malformed expression, required variable unset, text that does not fit its type.
[[nodiscard]] MaybeFailure interpolate(Value& tree, const Lookup& lookup, Load& load);

}  // namespace composelint::compose
