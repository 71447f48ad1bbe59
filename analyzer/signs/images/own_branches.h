// Images of the repository's own that go by branches.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

namespace composelint {

// `mapwell/store` beside `mapwell/viewer`: a release branch has theirs written out, and not that of
// MySQL.
[[nodiscard]] bool is_one_of_several_own(const WorkspaceFacts& facts, const Service& service);

// `shop:dev` of `compose.staging.yaml` beside `shop:1.4` of `compose.prod.yaml`: staging has what
// comes next.
[[nodiscard]] bool is_what_staging_is_for(const WorkspaceFacts& facts, const Service& service);

}  // namespace composelint
