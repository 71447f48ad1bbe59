// What a call changes by what it starts: a service whose own command migrates does so whichever
// verb starts it.
#pragma once

#include <composelint/invocation.h>

#include <string>
#include <string_view>

#include "analyzer/knowledge/vocabulary.h"

namespace composelint::guard {

// Why data may be changed by the containers that the call starts, or by the files that it copies
// into one; a clause, and empty: not as far as the services' own commands tell. What `run` and
// `exec` are given to run is not asked here. `own` may be null.
[[nodiscard]] std::string started_change(const ComposeInvocation& call,
                                         const knowledge::Vocabulary* own);

// SERVICE:PATH, as `cp` tells it from a path of this machine.
[[nodiscard]] bool is_in_container(std::string_view word);

}  // namespace composelint::guard
