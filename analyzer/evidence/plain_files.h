// Steps that work on files in which no database keeps anything.
#pragma once

#include <composelint/step.h>

namespace composelint::evidence {

// `echo`, `mkdir`, `cp compose.yaml old/`, `docker tag`: all of it is known, and no database is in
// it.
[[nodiscard]] bool is_work_on_plain_files(const Step& step);

// `tar czf logs.tgz logs/`, `docker cp web:/etc/nginx ./backup`: all that is kept is beside the
// data.
[[nodiscard]] bool keeps_none_of_the_data(const Step& step);

}  // namespace composelint::evidence
