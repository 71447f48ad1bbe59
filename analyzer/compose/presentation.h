// The last touches to a loaded model before it is printed.
#pragma once

#include <composelint/result.h>

#include "analyzer/compose/value.h"

namespace composelint::compose {

// The typed model as the JSON Compose writes: extensions at the top only, short forms where its
// encoder has them, keys of the user's maps sorted. Fails with kUnsupported where that encoder
// fails.
[[nodiscard]] Result<Value> as_json_model(Value model);
// The untyped model of `--no-interpolate`: all keys sorted.
[[nodiscard]] Value as_sorted(Value model);

}  // namespace composelint::compose
