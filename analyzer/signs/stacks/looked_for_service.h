// Services that a script looks for before it names them in a call.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

// `if [ -n "$(docker compose ps -q solr)" ]; then`: only where the service is there.
[[nodiscard]] bool is_behind_a_look(const Step& step, const Timeline& timeline,
                                    std::string_view name);

}  // namespace composelint
