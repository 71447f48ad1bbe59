// What a `set` does to errexit, for rules that read commands and not steps (step.h has it settled).
#pragma once

#include <composelint/shell.h>
#include <composelint/timeline.h>

#include <optional>

namespace composelint {

// `set -eu`, `set -o errexit`: on; `set +e`: off; nothing where it is another command or option.
[[nodiscard]] std::optional<bool> sets_errexit(const SimpleCommand& simple);

// `+set -e`, `set-e`: not what was meant. Null without one.
[[nodiscard]] const Step* mistyped_errexit(const Timeline& timeline);

}  // namespace composelint
