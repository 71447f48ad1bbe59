// Findings that say the same of several files: one of them tells of the others.
#pragma once

#include <composelint/run.h>

namespace composelint::engine {

// Compose files that are copies of one, byte for byte, have their findings once; what a note says
// word for word of several compose files is said of one. Comments that allow a finding have spoken
// before.
void fold(Run& run);

}  // namespace composelint::engine
