// Keys that a stack has given to itself.
#pragma once

#include <string_view>

namespace composelint {

// `DB_PASSWORD`, `SECRET_KEY_BASE`: no word of the name says who else would let somebody in with
// it, as those of `STRIPE_SECRET_KEY` and `PROD_DB_PASSWORD` do.
[[nodiscard]] bool is_own_by_its_name(std::string_view name);

}  // namespace composelint
