// Scripts that a merge has left half done.
#pragma once

#include <composelint/source.h>

namespace composelint::engine {

// The line `<<<<<<< HEAD`, where `=======` and `>>>>>>> topic` come behind it; nothing without all
// three. No shell gets past it.
[[nodiscard]] Span conflict_in(const SourceFile& script);

}  // namespace composelint::engine
