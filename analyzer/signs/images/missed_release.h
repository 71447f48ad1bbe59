// Whether somebody would miss the release that ran before, where an image has a tag that moves.
#pragma once

#include <composelint/rule.h>

#include "analyzer/signs/reports/lacking_services.h"

namespace composelint {

// Some of the services keeps what it writes, which the next release may not read; or most of what
// is pulled beside them has its release; or a pipeline of this repository puts a new image there.
// The server in front keeps nothing of its own.
[[nodiscard]] bool would_be_missed(const WorkspaceFacts& facts, const LackingServices& group);

}  // namespace composelint
