// Whether the image of an older release, once it is gone from this machine, is missed by anybody.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

namespace composelint {

// Some script goes back to an older release, or puts an image aside for it. Elsewhere it is pulled
// or built again.
[[nodiscard]] bool goes_back_to_an_image(const WorkspaceFacts& facts);

// Some script puts one aside on this machine: `docker tag app:latest app:rollback`. Its age is no
// reason then to let it go.
[[nodiscard]] bool puts_an_image_aside(const WorkspaceFacts& facts);

// Nothing but images goes there, or what `up` makes anew besides, and the containers of the stack
// have not been removed before: what runs keeps its own.
[[nodiscard]] bool takes_old_images_alone(const WorkspaceFacts& facts, const Finding& finding);

}  // namespace composelint
