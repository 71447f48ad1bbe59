// Steps on the data of a stack that a developer works in: it is made to be thrown away.
#pragma once

#include <composelint/step.h>

namespace composelint {

// By its files the stack that Compose is told, or would find, is a developer's.
[[nodiscard]] bool is_on_a_developers_stack(const Step& step);

}  // namespace composelint
