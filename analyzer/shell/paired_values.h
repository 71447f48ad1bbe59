// Variables that are set together: `if … then F=a P=x; else F=b P=y; fi`.
#pragma once

#include "analyzer/shell/scope.h"

namespace composelint::shell {

// Each value of the one is assigned on the same way as the value of the other at its place: nothing
// between the two assignments parts one way from another.
[[nodiscard]] bool are_set_together(const Variable& left, const Variable& right);

}  // namespace composelint::shell
