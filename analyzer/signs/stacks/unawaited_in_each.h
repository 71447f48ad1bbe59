// A database that is used right behind the call that starts it, by calls that mean one of several
// stacks, or one that is only guessed.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>

#include "analyzer/signs/stacks/unawaited.h"

namespace composelint {

// Where `$dc` stands for several stacks: what holds for each of them.
[[nodiscard]] std::optional<Unawaited> unawaited_in_each(const Timeline& timeline, const Step& use);

}  // namespace composelint
