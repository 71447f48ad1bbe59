// Files of a database that are written or copied behind a `down` or `stop`: where that has failed,
// under a server that is still up.
#pragma once

#include <composelint/step.h>

#include <string>

namespace composelint {

// What `later` does then, as a sentence; empty: nothing.
[[nodiscard]] std::string done_under_a_server(const Step& stop, const Step& later);

}  // namespace composelint
