// Repositories whose stacks keep everything in directories of the host.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

namespace composelint {

// `down -v` of a stack that is not known, so that no volume is named beside it, where there are
// stacks and none of them has a volume that Compose would make.
[[nodiscard]] bool is_of_no_volume(const WorkspaceFacts& facts, const Finding& finding);

// Some stack of the repository has a volume of its own.
[[nodiscard]] bool has_volumes(const WorkspaceFacts& facts);

// `volume rm` of a name that no file has for a volume any more, and that no script uses.
[[nodiscard]] bool is_of_no_stack(const Finding& finding, const WorkspaceFacts& facts);

// `volume rm -f`, `volume rm … || true`: what may be left of former days is tidied away.
[[nodiscard]] bool need_not_be_there(const Finding& finding, const WorkspaceFacts& facts);

}  // namespace composelint
