// Images that a script writes into a compose file before it is read: what stands there is a blank.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

[[nodiscard]] bool is_put_in(const WorkspaceFacts& facts, const SourceFile& file,
                             const Service& service);

}  // namespace composelint
