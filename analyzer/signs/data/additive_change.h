// Changes of a schema that only put in what is missing.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `psql -c "ALTER TABLE a ADD COLUMN IF NOT EXISTS b int"`, and nothing else in it: what was there
// stays as it was, and a dump would bring nothing back.
[[nodiscard]] bool only_adds_what_is_missing(const Step& step);

}  // namespace composelint
