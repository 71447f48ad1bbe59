// A service that is there needs one that only another profile enables: Compose refuses the project,
// whatever it is asked to do.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>

namespace composelint {

// Some file beside it sets COMPOSE_PROFILES: what is active is not known.
[[nodiscard]] bool has_profiles_nearby(const Project& project);

[[nodiscard]] const Service* lacking_for(const Service& service, const DependsOn& on,
                                         const Project& project);

// The call ends with "depends on undefined service" before it does anything, as far as can be
// known.
[[nodiscard]] bool is_refused_for_its_profiles(const ComposeInvocation& call);

}  // namespace composelint
