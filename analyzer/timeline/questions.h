// `echo -n "Continue? "; read -r answer`: a question whose text is no part of the `read`.
#pragma once

#include <composelint/timeline.h>

namespace composelint::timeline {

// Marks every bare `read` from the terminal that a printed text stands before, or whose variable is
// tested behind it; and a `sleep` for which "Ctrl+C to cancel" has been printed.
void mark_questions(Timeline& timeline);

}  // namespace composelint::timeline
