// What a script runs between two of its steps, in the order of the run: functions may stand above
// those that are called before them.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <vector>

namespace composelint {

// The test, or what it calls, holds the step itself: it knows what came of it.
[[nodiscard]] bool runs_inside(const Step& step, Span test);

// The places of the text that is run between the two, functions that it calls among them. Empty
// where the second is not seen to stand behind the first.
[[nodiscard]] std::vector<Span> run_between(const Timeline& timeline, const Step& first,
                                            const Step& second);

}  // namespace composelint
