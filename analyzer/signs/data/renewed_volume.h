// A volume that a deploy removes so that the next start fills it from the new image.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker volume rm shop_assets` between the `down` and the `up` of a deploy: by its name it holds
// what the image has at its mount, which would go on hiding the new release.
[[nodiscard]] bool is_renewed_from_the_image(const Step& step, const Timeline& timeline);

// `docker volume create` of the same name is next, and a container fills it: a copy is put back.
[[nodiscard]] bool is_made_anew(const Step& step, const Timeline& timeline);

// `$(docker volume rm data 2>&1 | cut -d '[' …)` reads from the refusal who uses the volume; it is
// removed later.
[[nodiscard]] bool asks_who_uses_it(const Step& step, const Timeline& timeline);

}  // namespace composelint
