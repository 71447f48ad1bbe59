// A variable that an option which says that data goes sets to false.
#pragma once

#include <composelint/source.h>

namespace composelint {

// `--drop) KEEP=false ;;`, and the step stands where `[ "$KEEP" = true ]` does not hold.
[[nodiscard]] bool is_switched_off(const Span& condition);

}  // namespace composelint
