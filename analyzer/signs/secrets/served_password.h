// Passwords that stand on another command line anyway, for as long as a service runs.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <string_view>

namespace composelint {

// A service has what `variable` holds on the line of its command or of its health check, or the
// finding's own script hands it to `docker run -e`: what is told would take nothing away.
[[nodiscard]] bool is_served_with(const WorkspaceFacts& facts, const Finding& finding,
                                  std::string_view variable);

}  // namespace composelint
