// An inner text read for what it may do at the worst.
#pragma once

#include <composelint/script_text.h>

#include <vector>

namespace composelint {

// As read_script_text, and functions that may be run by their name: `trap cleanup EXIT`, `"$1"`.
// `(` and `)` stand as commands where a subshell begins and ends, `||` and `fi` where something
// does that is done on some ways only. `cut` is set where not all of the text is read; else it is
// left as it is.
[[nodiscard]] std::vector<TextCommand> all_that_may_run(const Argument& script, bool& cut);

}  // namespace composelint
