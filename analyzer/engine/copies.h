// What one finding tells is not told by another.
#pragma once

#include <composelint/run.h>

namespace composelint::engine {

// Of what is told, as grave and in the same context, at the same place of scripts with the same
// text the first stays; the others become places of it. Of a call that Compose refuses, as it names
// a service that is not there, nothing is told of what it would do.
void tell_once(Run& run);

}  // namespace composelint::engine
