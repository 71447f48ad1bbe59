// Whether a file that a call names and that is not in the repository would be there when it runs.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// The step finds what the repository holds and no more: it runs here, at a known place, and nothing
// before it may have brought files.
[[nodiscard]] bool sees_the_repository(const Timeline& timeline, const Step& step);

// On its way the script asks whether the file of that word is there: a function that skips what is
// not, `[ -f "$1" ] || return`.
[[nodiscard]] bool is_looked_for(const Timeline& timeline, const Step& step, const Argument& path);

// A plain relative path, no blank of a template.
[[nodiscard]] bool is_path_of_repository(const Argument& path);

}  // namespace composelint
