// Tests of a variable's value, and what they ask for.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

// `$NAME`, `${NAME`, `$(NAME)`, `${!NAME`, `-v NAME`.
[[nodiscard]] bool uses_variable(std::string_view text, std::string_view name);

// `ifeq ($(STAGE),none)` of make, which is no branch of a shell. `ifeq ($(STAGE),)` asks whether
// there is a value, not which.
[[nodiscard]] bool is_asked_by_make(const SourceFile& file, std::string_view name);

// `[ -n "$x" ]`, `[ -z "${x:-}" ]`: whether there is a value, not which.
[[nodiscard]] bool asks_for_any(std::string_view test, std::string_view name);

// `if [ "$x" = app ]` where the value, at `place`, is another one: the arm is not taken, and the
// step does not stand on it.
[[nodiscard]] bool asks_for_another(const Branch& branch, const Span& place, std::string_view name,
                                    const Step& step);

}  // namespace composelint
