// Blue and green: the colour that is brought up beside the one that serves.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `exec "$target_service" migrate`, `exec "web-$TARGET" migrate`: the colour that has just been
// started, by its name or by a file that is named for it, and that the proxy is led to afterwards.
// It serves nobody yet.
[[nodiscard]] bool is_the_idle_colour(const Timeline& timeline, const Step& step);

}  // namespace composelint
