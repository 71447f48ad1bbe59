// The names of Compose files that no other stack of the machine has.
#pragma once

#include <string_view>

namespace composelint {

// The last `COMPOSE_FILE=` of the text names one: elsewhere it is not found, and nothing is done.
[[nodiscard]] bool is_told_its_files(std::string_view before);

}  // namespace composelint
