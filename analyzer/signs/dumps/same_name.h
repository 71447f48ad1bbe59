// Whether the file of a dump has the same name at each run, though not all of it is known.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `"$(dirname "$0")/app.sql"`, and `backups/$DB/app.sql` of `pg_dump "$DB"`: what a variable of the
// dump's own command names is a database, a user or a container, and no date.
[[nodiscard]] bool has_the_same_name(const Argument& path, const Step& dump);

// As far as the working directory goes: it is known, or the path does not hang on it.
[[nodiscard]] bool is_in_a_known_place(const Argument& path, const Step& dump);

}  // namespace composelint
