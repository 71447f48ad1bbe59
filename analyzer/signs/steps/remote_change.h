// The `cd` on a line of the text that ssh is given.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>

#include <optional>
#include <string>

namespace composelint {

struct RemoteChange {
  Span span;
  std::string program, where;
};

// The last one above the step. What stands on its line stays as it is; `exit` behind it leaves the
// shell over there.
[[nodiscard]] std::optional<RemoteChange> remote_change(const Step& step);

}  // namespace composelint
