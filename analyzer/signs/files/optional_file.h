// Compose files that a script adds to a call where it has something for them: an override whose
// variable is empty in `.env` waits for an option of the script.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// A variable of the value at `place` is empty in the env file alone: a script that speaks of the
// file and of the variable gives it something before it reads the file. Or a script has `sed` put
// another word in its place.
[[nodiscard]] bool waits_for_a_value(const WorkspaceFacts& facts, const Span& place);

}  // namespace composelint
