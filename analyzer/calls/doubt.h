// Whether a task leaves data alone, asked by somebody who has to be sure. What the vocabulary says
// of a task is what it most likely is; here every part of it has to be known.
#pragma once

#include <composelint/invocation.h>

#include <string>

#include "analyzer/knowledge/vocabulary.h"

namespace composelint::calls {

// Why the task of a `run` or `exec` that calls/task has judged may change data, as a clause;
// empty: it only looks, dumps, or opens a shell for a person. `fed`: a file or a pipe is its
// standard input, so that a client or a shell is told what nobody has seen. `own` may be null.
[[nodiscard]] std::string doubt_of(const ComposeInvocation& call, bool fed,
                                   const knowledge::Vocabulary* own);

// There is no doubt, and a program that is known to look stands there: `exit 7` alone is no look.
[[nodiscard]] bool surely_looks(const ComposeInvocation& call, bool fed,
                                const knowledge::Vocabulary* own);

}  // namespace composelint::calls
