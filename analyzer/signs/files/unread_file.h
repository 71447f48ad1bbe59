// Compose files that nothing here leads to.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// It lies below the top, and no call reads it, nor is it likely to.
[[nodiscard]] bool lies_unread(const WorkspaceFacts& facts, const SourceFile& file);

}  // namespace composelint
