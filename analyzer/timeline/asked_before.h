// Arms of an `if` that are never taken.
#pragma once

#include <composelint/shell.h>

#include <cstddef>

namespace composelint::timeline {

// `elif [ "$1" = logs ]` once more: the first one has taken it, and nothing that is asked in
// between changes what it looks at.
[[nodiscard]] bool is_asked_before(const IfClause& clause, std::size_t arm);

}  // namespace composelint::timeline
