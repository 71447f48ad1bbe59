// Scripts of which nothing says where they belong.
#pragma once

#include <optional>
#include <string>

#include "analyzer/engine/context.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Development, where neither the script nor the stack that it acts on shows that somebody is left
// to use what is there: no restart policy, no name of production, nothing saved, fetched or told to
// others. Nothing where they do, and where the stack is not known.
[[nodiscard]] std::optional<ContextCue> nothing_left_to_run(const ContextQuestion& question,
                                                            Workspace& workspace);

}  // namespace composelint::engine
