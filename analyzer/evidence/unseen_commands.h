// Steps whose own commands nobody sees.
#pragma once

#include <composelint/step.h>

namespace composelint::evidence {

// Runs commands that are not followed here: another script, a make target. Not what only sets
// variables (`source .env`), nor targets that take no backups and look at no stack by their names.
[[nodiscard]] bool runs_unseen_commands(const Step& step);

}  // namespace composelint::evidence
