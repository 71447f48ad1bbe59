// Steps that only run where a database has been found empty.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

[[nodiscard]] bool is_for_an_empty_database(const Timeline& timeline, const Step& step);

}  // namespace composelint
