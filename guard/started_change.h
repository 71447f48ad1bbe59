// What a call changes by what it starts: a service whose own command migrates does so whichever
// verb starts it.
#pragma once

#include <composelint/invocation.h>

#include <string>

#include "analyzer/knowledge/vocabulary.h"

namespace composelint::guard {

// Why data may be changed by the containers that the call starts, or by the files that it copies
// into one; a clause, and empty: not as far as the services' own commands tell. What `run` and
// `exec` are given to run is not asked here. `own` may be null.
[[nodiscard]] std::string started_change(const ComposeInvocation& call,
                                         const knowledge::Vocabulary* own);

}  // namespace composelint::guard
