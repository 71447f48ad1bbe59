// Work on a stack that is in use: what the script does to it presupposes an earlier release.
#pragma once

#include <composelint/timeline.h>

namespace composelint {

// Images are pulled or built, sources fetched or carried over: a new release comes in.
[[nodiscard]] bool brings_a_release(const Step& step);

// A new release comes in on the way to the step, or the stack is stopped or looked at there. A
// script that starts a stack and migrates may be its first start.
[[nodiscard]] bool is_of_a_renewal(const Timeline& timeline, const Step& step);

// The data that the step works on is that of the stack: a database is one of its services, or the
// service itself keeps files. True as well where the project is not known.
[[nodiscard]] bool works_on_data_of_the_stack(const Timeline& timeline, const Step& step);

}  // namespace composelint
