// A directory that a loop goes through, as it has just been found there.
#pragma once

#include <composelint/timeline.h>
#include <composelint/word.h>

namespace composelint {

// `for dir in $(find …); do cd $dir`, with a way back where the list is relative: in the second
// round `b/` is looked for in `a/`. A list of names is what was there once.
[[nodiscard]] bool has_just_been_seen(const Timeline& timeline, const Word& where);

}  // namespace composelint
