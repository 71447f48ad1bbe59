// What the name of a script, a task or an option says that its verb is done to.
#pragma once

#include <string_view>

namespace composelint {

// `purge-cdn-cache`, `remove-container`: what goes by that name is no data that anybody keeps.
// `clean-images-and-volumes` is none of these.
[[nodiscard]] bool names_other_things_than_data(std::string_view name);

}  // namespace composelint
