// Whether one place of a file lies in another.
#pragma once

#include <composelint/source.h>

namespace composelint {

// Also where both are the same; nothing lies in "nowhere".
[[nodiscard]] inline bool contains(Span outer, Span inner) {
  return outer && outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

}  // namespace composelint
