// Scripts, functions and files that are by their names there to bring data back.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

// backup.sql, "$DUMP_FILE", restore_from: what is fed is a dump, and no patch.
[[nodiscard]] bool names_dump(std::string_view text);

// `restore.sh`, `import_db "$1"`: by its own name the script, or the function, is there for it.
[[nodiscard]] bool is_called_a_restore(std::string_view text);

// The script or the task is called so, or a function on the way to the step. What such a script
// sources works for it there.
[[nodiscard]] bool is_part_of_a_restore(const Step& step, const Timeline& timeline);

// `pg_restore --clean` in a script that is there to restore: it takes away what is there to put the
// dump in its place, as its caller knows. A plain SQL file does the same by its DROP statements.
[[nodiscard]] bool is_a_cleaning_restore(const Step& step, const Timeline& timeline);

// `full.sql` that such a script reads: it need not be called a dump.
[[nodiscard]] bool is_file_of_a_restore(std::string_view file, const Step& step,
                                        const Timeline& timeline);

}  // namespace composelint
