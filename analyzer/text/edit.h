// Applying edits: the only place where the text of a file is changed.
#pragma once

#include <composelint/fix.h>
#include <composelint/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint::text {

// The bytes of `file` after all edits. Edits may come in any order; insertions at one place keep
// the order given. Fails with kInvalid when two edits overlap or one lies in another file or
// outside.
[[nodiscard]] Result<std::string> apply_edits(const SourceFile& file, std::vector<Edit> edits);

}  // namespace composelint::text
