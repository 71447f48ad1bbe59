// The last touches to a loaded model before it is printed: what Compose's encoders make of it.
#pragma once

#include <composelint/result.h>

#include "analyzer/compose/value.h"

namespace composelint::compose {

// The typed model as its JSON: extensions at the top only, no models, keys sorted. Fails with
// kUnsupported where that encoder fails.
[[nodiscard]] Result<Value> as_json_model(Value model);
// One service of the typed model as its JSON.
[[nodiscard]] Result<Value> as_json_service(Value service);
// The typed model as its YAML: extensions where they were written, empty parts left out.
[[nodiscard]] Value as_yaml_model(Value model);
// The untyped model of `--no-interpolate`, all keys sorted; and as its JSON, where most empty lists
// come out as null.
[[nodiscard]] Value as_sorted(Value model, bool natural);
[[nodiscard]] Value as_untyped_json_model(Value model, bool normalised);

}  // namespace composelint::compose
