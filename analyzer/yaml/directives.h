// `%YAML 1.2` and its like in front of a document, of which Compose's reader takes few and the
// library nearly all.
#pragma once

#include <composelint/result.h>
#include <composelint/source.h>

namespace composelint::yaml {

// The first line that Compose refuses for a directive: another version than 1.1, a name that is
// neither YAML nor TAG, a document behind one without `---`.
[[nodiscard]] MaybeFailure check_directives(const SourceFile& file);

}  // namespace composelint::yaml
