// Exports that another script takes up again: what is carried from one place to another.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <span>

namespace composelint {

// Nothing of a dump in `export_users.sh` with `import_users.sh` beside it: it can be taken once
// more. A note where it is a backup, or a schedule has it taken. None of one that whoever runs the
// script has removed by another, once it is stored.
void weigh_transfers(const WorkspaceFacts& facts, std::span<Finding* const> findings);

}  // namespace composelint
