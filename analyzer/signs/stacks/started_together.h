// Which services of a project run at the same time.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <string_view>

namespace composelint {

// A later file puts it into a profile: where that one is read, it is left out.
[[nodiscard]] bool is_parked_by_another_file(const Service& service);

// Whatever starts one starts the other: neither has a profile, they have one in common, or one
// needs the other. Of a service with a profile and one without, people mostly start one or the
// other.
[[nodiscard]] bool start_together(const Service& a, const Service& b, const Project& project);

// Some call starts both; or no call acts on such a project, and whoever uses it may, unless those
// of the file beside it start one at a time.
[[nodiscard]] bool calls_may_start(const WorkspaceFacts& facts, const SourceFile* file,
                                   std::string_view a, std::string_view b);

// A stack for Swarm, which ignores what Compose minds and minds what Compose ignores.
[[nodiscard]] bool looks_like_swarm(const Project& project);

}  // namespace composelint
