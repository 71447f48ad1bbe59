// What a script gets to behind a step that has failed, on whichever way it takes from there.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <vector>

namespace composelint {

[[nodiscard]] bool has(const std::vector<Condition>& ways, const Condition& way);

// `later` is reached on the way on which `earlier` ran, or on one from there that asks for
// something else: behind `fi` and `done`, or under `if [ "$1" = upload ]`.
[[nodiscard]] bool goes_on_to(const Timeline& timeline, const Step& earlier, const Step& later);

// As `runs_anyway`, on such ways as well.
[[nodiscard]] bool may_run_anyway(const Timeline& timeline, const Step& earlier, const Step& later);

// Behind nothing but a chain of its own (`cd app && build`), also where the earlier one stands in
// an `if` that the later one is not in.
[[nodiscard]] bool runs_behind(const Timeline& timeline, const Step& earlier, const Step& later);

}  // namespace composelint
