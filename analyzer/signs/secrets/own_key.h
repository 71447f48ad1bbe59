// Keys that a stack has given to itself.
#pragma once

#include <composelint/compose.h>

#include <string_view>

namespace composelint {

// `DB_PASSWORD`, `SECRET_KEY_BASE`: no word of the name says who else would let somebody in with
// it, as those of `STRIPE_SECRET_KEY` and `PROD_DB_PASSWORD` do.
[[nodiscard]] bool is_own_by_its_name(std::string_view name);

// `SHOP_TOKEN`, where `ghcr.io/shop/api` is built by the project: what runs here has given it out.
[[nodiscard]] bool is_given_out_by(const Project& project, std::string_view name);

}  // namespace composelint
