// Scripts that set a stack up for the first time: nobody uses it yet, and its database is empty.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

[[nodiscard]] bool is_first_setup(const SourceFile* file);

// `case "$1" in setup) …`: the operator asks for it.
[[nodiscard]] bool is_chosen_setup(const Timeline& timeline, const Step& step);

// The step stands in one, or is reached from one: a target that the installer calls.
[[nodiscard]] bool is_of_first_setup(const Step& step);

}  // namespace composelint
