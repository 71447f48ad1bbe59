// Comments by which a value is nobody's secret.
#pragma once

#include <composelint/source.h>

namespace composelint {

// "Only for local development", "test credentials": the comment beside it says that nobody keeps
// it.
[[nodiscard]] bool is_said_to_be_no_secret(Span value);

}  // namespace composelint
