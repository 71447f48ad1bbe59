// Files that a script copies into a container before it has them read there.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

// The file of this machine that lies at `path` in a container when `step` is reached: `cp "$1"
// db:/tmp/in.sql`. Null where none was copied there.
[[nodiscard]] const Argument* copied_in(const Timeline& timeline, const Step& step,
                                        std::string_view path);

}  // namespace composelint
