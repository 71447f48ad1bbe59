// Output that a script takes into a variable, and asks for before it goes on.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `rows=$(… | awk …)` and `[ -n "$rows" ] || exit 1` as the first use of what came: that there is
// none is seen. `step`: any stage of the pipeline.
[[nodiscard]] bool is_tested_for_text(const Timeline& timeline, const Step& step);

// `a=$(docker compose ps -q | wc -l)` and `[ "$a" -eq "$b" ]`, where `b` is counted likewise before
// it, and nothing has needed the engine until then: both are 0 where it does not answer.
[[nodiscard]] bool is_compared_with_another_count(const Timeline& timeline, const Step& step);

}  // namespace composelint
