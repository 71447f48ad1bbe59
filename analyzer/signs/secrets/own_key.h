// Keys that a stack has given to itself.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <string_view>

namespace composelint {

// `DB_PASSWORD`, `SECRET_KEY_BASE`: no word of the name says who else would let somebody in with
// it, as those of `STRIPE_SECRET_KEY` and `PROD_DB_PASSWORD` do.
[[nodiscard]] bool is_own_by_its_name(std::string_view name);

// `SHOP_SECRET_KEY` among the many `SHOP_…` of one service: the first word is the program's own.
// `OIDC_CLIENT_SECRET` beside `OIDC_CLIENT_ID=test` is of a client for tests.
[[nodiscard]] bool is_own_among_its_like(const WorkspaceFacts& facts, const Finding& finding);

}  // namespace composelint
