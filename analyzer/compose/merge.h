// One file laid over another, and a service over the one it extends.
#pragma once

#include <composelint/result.h>

#include <string_view>

#include "analyzer/compose/place.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// Lays `over` over `base` by the rules of each attribute: most maps merge, most lists append, empty
// clears nothing. Fails with kInvalid where the shapes do not fit.
[[nodiscard]] MaybeFailure merge_files(Value& base, Value over, Trails& trails);
// The same for one service; both are the maps below `services.<name>`.
[[nodiscard]] MaybeFailure merge_services(Value& base, Value over, Trails& trails);

// Lists whose entries have an identity keep one of each: the last, at the place of the first.
// `tree` is a whole file. Fails with kInvalid on an entry without identity.
[[nodiscard]] MaybeFailure drop_redefined(Value& tree);

// Whether drop_redefined() works on lists at `place`.
[[nodiscard]] bool keeps_one_of_each(const Place& place);

// A list of "key=value" out of a map, sorted; lists as they are; a string as a list of one.
[[nodiscard]] Value as_sequence(Value value);

// `trail` and the steps of `newer` on top of it.
[[nodiscard]] const Trail* stack(const Trail* trail, const Trail* newer, Trails& trails);

}  // namespace composelint::compose
