// A volume that is removed to be made anew, or that is only asked about.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker volume create` of the same name is next, and a container fills it: a copy is put back.
[[nodiscard]] bool is_made_anew(const Step& step, const Timeline& timeline);

// `$(docker volume rm data 2>&1 | cut -d '[' …)` reads from the refusal who uses the volume; it is
// removed later.
[[nodiscard]] bool asks_who_uses_it(const Step& step, const Timeline& timeline);

}  // namespace composelint
