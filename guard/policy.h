// What `guard:` of the configuration asks for. A repository's policy may tighten the user's own,
// and never loosen it.
#pragma once

#include "analyzer/engine/policy.h"

namespace composelint::guard {

using engine::BackupPolicy;
using engine::Confirm;
using engine::Policy;
using engine::PostCheck;
using engine::ProtectedEnvironment;

// Both hold: environments, backups, writers and checks add up; of the state directories the user's
// counts. An environment of the same name keeps the stricter `confirm` and all of `require`.
[[nodiscard]] Policy tightened(Policy user, const Policy& repository);

}  // namespace composelint::guard
