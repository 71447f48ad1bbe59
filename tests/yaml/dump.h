// Nodes as one line of text, so that a test can be a row of input and picture.
#pragma once

#include <string>

#include "analyzer/yaml/document.h"

namespace composelint::yaml {

// Scalars and aliases as `<text of the span>`, then `=value` where it is not the bare text between
// the quotes; before it the style: p plain, s single, d double, l literal, f folded, e empty (with
// its offset). Collections as block `map@BEGIN..END(key: value, ...)` and `seq@BEGIN..END(...)`,
// in flow `{map}` and `[seq]`. Tag and anchor come first, with the text of their span.
[[nodiscard]] std::string dump(const Node& node);
// All documents, with " | " between; of a failure its message and `<text of the span>`.
[[nodiscard]] std::string dump(const Result<Stream>& parsed);

}  // namespace composelint::yaml
