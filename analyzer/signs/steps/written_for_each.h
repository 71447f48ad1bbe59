// Files that a script writes under a name of which it knows only a part: `> "compose.$colour.yml"`.
#pragma once

#include <composelint/rule.h>

#include <string_view>

namespace composelint {

// By a redirect, or as the last word of a copy.
[[nodiscard]] bool may_be_written_for_each(const WorkspaceFacts& facts, std::string_view path);

}  // namespace composelint
