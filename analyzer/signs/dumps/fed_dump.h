// A dump that is poured into a database: by the script, or by the shell in the container.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <vector>

namespace composelint {

[[nodiscard]] const std::vector<Argument>& words_of_task(const Step& step);

// `manage.py loaddata "$1"` in such a script: rows are written over by what the file has.
[[nodiscard]] bool loads_as_a_restore(const Step& step, const Timeline& timeline);

// A client that a dump is poured into, here or by the shell in the container.
[[nodiscard]] bool is_fed_a_dump(const Step& step, const Timeline& timeline);

}  // namespace composelint
