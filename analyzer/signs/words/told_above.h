// What whoever reads a script is told of a command right where it stands: the comment or message
// above it, the name of its step in a pipeline, the comment behind it.
#pragma once

#include <composelint/step.h>

#include <string>

namespace composelint {

// In lower case; empty where nobody says anything.
[[nodiscard]] std::string told_above(const Step& step);

}  // namespace composelint
