// Whose client a program is: they differ in how a password is handed over.
#pragma once

#include <string_view>

namespace composelint {

[[nodiscard]] bool is_mysql(std::string_view program);

[[nodiscard]] bool is_mongo(std::string_view program);

// Their `--password` takes no value: it has them ask.
[[nodiscard]] bool is_postgres(std::string_view program);

}  // namespace composelint
