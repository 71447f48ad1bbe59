// Whether a text fetches the standalone Compose, and of which line, also by a variable.
#pragma once

#include <string_view>

namespace composelint {

// `v2.24.5`, `2.24.5`, in quotes or not; tags of the first line have no v.
[[nodiscard]] bool is_current_release(std::string_view text);

[[nodiscard]] bool fetches_current_compose(std::string_view text);

// That of the first line.
[[nodiscard]] bool fetches_old_compose(std::string_view text);

}  // namespace composelint
