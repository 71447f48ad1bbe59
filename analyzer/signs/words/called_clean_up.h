// Clean-ups by their own names: whoever runs one wants it.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

[[nodiscard]] bool names_a_cleanup(std::string_view name);

// `manage.sh cleanup`, a function `cleanup_images` for others to call, `[ "$1" = purge ]`; not one
// that a deployment runs on its way.
[[nodiscard]] bool is_called_a_cleanup(const Timeline& timeline, const Step& step);

}  // namespace composelint
