// What Compose adds once all files are one model: implied networks, dependencies and names.
#pragma once

#include <composelint/result.h>

#include <string>

#include "analyzer/compose/environment.h"
#include "analyzer/compose/load.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// Bare names in `environment` lists, and contents of configs and secrets, taken from `environment`.
void resolve_bare_variables(Value& model, const Environment& environment);

// Completes the model in place; `name` is the project's.
[[nodiscard]] MaybeFailure normalise(Value& model, const Value& name,
                                     const Environment& environment, Load& load);

}  // namespace composelint::compose
