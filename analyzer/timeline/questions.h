// `echo -n "Continue? "; read -r answer`: a question whose text is no part of the `read`.
#pragma once

#include <composelint/timeline.h>

namespace composelint::timeline {

// Marks every bare `read` from the terminal that a printed text stands before, or whose variable is
// tested behind it.
void mark_questions(Timeline& timeline);

}  // namespace composelint::timeline
