// Sockets of engines that run containers.
#pragma once

#include <string_view>

namespace composelint {

// Whose socket the path is, or is above; empty for none.
[[nodiscard]] std::string_view engine_behind(std::string_view path);

}  // namespace composelint
