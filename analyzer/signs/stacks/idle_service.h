// Services that `up` starts and that end at once: nobody has said what they are to run.
#pragma once

#include <composelint/compose.h>
#include <composelint/finding.h>
#include <composelint/rule.h>

namespace composelint {

// No command, and an image that is made here from `ruby` or `debian` and has none either: what the
// base runs is a shell or a prompt, which ends where there is no terminal.
[[nodiscard]] bool ends_at_once(const Service& service, const WorkspaceFacts& facts);

// The finding is about a `run` of such a service.
[[nodiscard]] bool is_of_an_idle_service(const WorkspaceFacts& facts, const Finding& finding);

}  // namespace composelint
