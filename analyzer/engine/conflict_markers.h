// Scripts that a merge has left half done.
#pragma once

#include <composelint/shell.h>
#include <composelint/source.h>

namespace composelint::engine {

// The line `<<<<<<< HEAD`, where `=======` and `>>>>>>> topic` come behind it; nothing without all
// three, or where it is text (a here-document). No shell gets past it.
[[nodiscard]] Span conflict_in(const Script& script);

}  // namespace composelint::engine
