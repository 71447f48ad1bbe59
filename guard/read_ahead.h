// What lies at a descriptor for the command to read, without taking any of it.
#pragma once

#include "guard/surroundings.h"

namespace composelint::guard {

// Of a file what stands behind its offset; of a pipe what its writer has put there, for which it is
// waited a moment. Nothing of other things.
[[nodiscard]] FedText read_ahead(int descriptor);

}  // namespace composelint::guard
