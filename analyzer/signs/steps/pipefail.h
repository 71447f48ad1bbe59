// `set -o pipefail`: who asks for it, and where it can be put.
#pragma once

#include <composelint/fix.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>
#include <string_view>

namespace composelint {

// Whoever reads PIPESTATUS looks at every stage.
[[nodiscard]] bool reads_pipestatus(const Step& step);

// A `|` that joins commands; not that of `||`, of a comment, of a pattern (`a|b)`).
[[nodiscard]] bool pipes(std::string_view line);

// `set -o pipefail` behind the shebang or beside `set -e`, in files whose shell knows it. Safe
// only where no other pipeline is there than those that lose the status of a dump or of a
// container's command: in others a stage that `head` stops reading, or a `grep` that finds nothing,
// would fail the whole from then on. Nothing for pipelines of another shell (`su -c '… | …'`).
[[nodiscard]] std::optional<Fix> set_pipefail(const Timeline& timeline, const Step& about);

}  // namespace composelint
