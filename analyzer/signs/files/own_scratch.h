// What a script removes and has made itself.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `rm -rf "$DIR"` of a directory that the script has made, `rm "/dump/$NAME"` of what `earlier` was
// to write there: nothing goes that was there before.
[[nodiscard]] bool removes_what_is_its_own(const Timeline& timeline, const Step& earlier,
                                           const Step& later);

}  // namespace composelint
