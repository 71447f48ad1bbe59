// Scripts, tables of cron and units that a script writes: text for a shell of its own, later.
#pragma once

#include "analyzer/hosts/host_file.h"

namespace composelint::hosts {

// Adds a task for each of them that `script` holds.
void add_written_files(const Script& script, HostFile& host);

}  // namespace composelint::hosts
