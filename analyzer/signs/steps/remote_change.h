// The `cd` on a line of the text that ssh is given.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>

#include <optional>
#include <string>
#include <string_view>

namespace composelint {

struct RemoteChange {
  Span span;
  std::string program, where;
};

// The last one above the step. What stands on its line stays as it is; `exit` behind it leaves the
// shell over there.
[[nodiscard]] std::optional<RemoteChange> remote_change(const Step& step);

// `rsync … host:/srv/app/`, `scp -r … host:/srv/app`: it is there, or has just been made.
[[nodiscard]] bool is_carried_to(std::string_view text, std::string_view where);

}  // namespace composelint
