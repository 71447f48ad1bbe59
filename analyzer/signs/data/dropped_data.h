// Statements that throw away what a database held before them.
#pragma once

#include <string_view>

namespace composelint {

// Statements by which all the data goes, or whole tables of it; in lower case.
[[nodiscard]] bool drops_data(std::string_view statements);

}  // namespace composelint
