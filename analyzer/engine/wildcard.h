// `*` and `?` over whole texts: names of rules, services, images. Slashes are nothing special.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace composelint::engine {

[[nodiscard]] bool wildcard_matches(std::string_view pattern, std::string_view text);
[[nodiscard]] bool any_wildcard_matches(const std::vector<std::string>& patterns,
                                        std::string_view text);

}  // namespace composelint::engine
