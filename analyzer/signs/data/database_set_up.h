// Programs that set a database up, or find that this has been done.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `init_db`, `setup_database.py`: makes what is missing, and changes no table that is there.
[[nodiscard]] bool sets_a_database_up(const Step& step);

}  // namespace composelint
