// Whether a text fetches the standalone Compose of a current line, also by a variable.
#pragma once

#include <string_view>

namespace composelint {

[[nodiscard]] bool fetches_current_compose(std::string_view text);

}  // namespace composelint
