// Comments over a part of a YAML collection that are about those below it, too.
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/signs/steps/block_parts.h"

namespace composelint {

// A comment may head several parts: `# --- Databases ---` does wherever it stands; in a list of
// plain names any one does that more than one name follows.
enum class Headings { kDrawn, kAny };

// Some comment of the parts heads more than the one below it.
[[nodiscard]] bool heads_several(std::string_view bytes, const std::vector<BlockPart>& parts,
                                 Headings headings);

}  // namespace composelint
