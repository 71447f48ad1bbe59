// What programs that only look are told besides: to write, to run something, to change a setting.
#pragma once

#include <composelint/argument.h>

#include <span>

#include "analyzer/knowledge/vocabulary.h"

namespace composelint::calls {

// `argv` is a command without wrappers that was recognised as `found`, which reads, exports, dumps
// or opens a shell. True where its words may ask for more than that.
[[nodiscard]] bool told_more(std::span<const Argument> argv, const knowledge::Recognised& found);

}  // namespace composelint::calls
