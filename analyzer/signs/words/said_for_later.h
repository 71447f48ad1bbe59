// Parts of a page about what is to come.
#pragma once

#include <composelint/source.h>

namespace composelint {

// A heading over the place ends with it: `### Nightly copies (later)`, `## Queue [planned]`.
[[nodiscard]] bool is_said_for_later(Span place);

}  // namespace composelint
