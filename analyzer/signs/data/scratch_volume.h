// A volume that a script has made for itself.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker volume rm "$V"` behind `V="probe-$(date +%s)"; docker volume create "$V"`: nobody else
// has one of that name. Of a name that is always the same `create` says nothing where it is there
// already, with all that is in it.
[[nodiscard]] bool is_scratch_volume(const Step& step, const Timeline& timeline);

}  // namespace composelint
