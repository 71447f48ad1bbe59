// A dump that is copied or packed elsewhere, and then removed where it was.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <vector>

#include "analyzer/signs/words/written_path.h"

namespace composelint {

// What the step copies to another place, packs or seals: files of this machine, or one of a
// container's.
[[nodiscard]] std::vector<WrittenPath> copied_by(const Step& step);

// A dump has been written there, or into that folder, before `step`; or what was made of one, where
// that is gone.
[[nodiscard]] bool is_a_dump(const Timeline& timeline, const Step& step, const WrittenPath& path);

// Sources that are packed to be unpacked on a server: no dump, and they are here still.
[[nodiscard]] bool is_unpacked_there(const Timeline& timeline, const WrittenPath& path);

// The path that `later` removes of those; null without one.
[[nodiscard]] const WrittenPath* removed_of(const std::vector<WrittenPath>& paths,
                                            const Step& later);

}  // namespace composelint
