// Files of this machine that a script makes itself, outside of any container.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>

namespace composelint {

// The name that mktemp makes up, wherever it stands in the word: `"$TMP"`, `"$TMP/orders.csv"`.
[[nodiscard]] bool is_of_mktemp(const Argument& word);

// `mktemp`, `mktemp -d`: below /tmp. A folder or a template says another place.
[[nodiscard]] bool makes_in_tmp(const Step& step);

// The step makes, on this machine, the file that the word names.
[[nodiscard]] bool makes_host_file(const Step& step, const Argument& word);

}  // namespace composelint
