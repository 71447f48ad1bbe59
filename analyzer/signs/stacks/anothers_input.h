// Files that another tool reads and makes compose files of.
#pragma once

#include <composelint/compose.h>

#include <string_view>

namespace composelint {

// `exclusive:`, `required:` at the top level, lists or several, and no slip of a key that Compose
// knows: what the file says is a default of whatever is made of it.
[[nodiscard]] bool is_anothers_input(const Project& project);

// `content:` of a volume, in a message or a place: a platform writes it to the host as it is, and
// Compose gets the file without it.
[[nodiscard]] bool is_in_a_volumes_text(std::string_view where);

}  // namespace composelint
