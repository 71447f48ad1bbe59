// Work on a stack that is in use: what the script does to it presupposes an earlier release.
#pragma once

#include <composelint/timeline.h>

namespace composelint {

// Images are pulled, built or loaded, sources fetched, carried over or unpacked: a new release
// comes in.
[[nodiscard]] bool brings_a_release(const Step& step);

// One comes in on the way to the step, by the tag that the script sets, or as a pipeline or by the
// name of a script, a target or an arm (`deploy`) for a stack that is there to stay.
[[nodiscard]] bool is_of_a_release(const Timeline& timeline, const Step& step);

// So it is, or the stack is stopped or looked at before, or a release is started behind it. A
// script that starts a stack and migrates may be its first start.
[[nodiscard]] bool is_of_a_renewal(const Timeline& timeline, const Step& step);

// The data that the step works on is that of the stack: a database is one of its services, or the
// service itself keeps files. True as well where the project is not known.
[[nodiscard]] bool works_on_data_of_the_stack(const Timeline& timeline, const Step& step);

// `DATABASE_URL: postgres://app@db.example/app`, and no service is called so: a database that is in
// use on a machine of its own.
[[nodiscard]] bool names_a_database_elsewhere(const Timeline& timeline, const Step& step);

}  // namespace composelint
