// Shell scripts that neither a name nor a "#!" line tells: a shell that starts one reads it itself.
#pragma once

#include <string_view>

namespace composelint::engine {

// `bin/deploy`: an executable may be one by its name. README and Jenkinsfile are written in
// capitals.
[[nodiscard]] bool may_be_bare_script(std::string_view path);

// Text whose lines call compose as commands.
[[nodiscard]] bool is_bare_script(std::string_view head);

}  // namespace composelint::engine
