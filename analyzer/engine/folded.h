// Findings that say the same of several files: one of them tells of the others.
#pragma once

#include <composelint/run.h>

namespace composelint::engine {

// Files that are copies of one, byte for byte, have their findings once, where those weigh most;
// what a note says word for word of several compose files is said of one, and so is what is said of
// files in folders that differ by a number alone. Of a call that Compose refuses, as it names a
// service that is not there, nothing is told of what it would do. Comments that allow a finding
// have spoken before, of all the places of a finding; a few of them are left now.
void fold(Run& run);

}  // namespace composelint::engine
