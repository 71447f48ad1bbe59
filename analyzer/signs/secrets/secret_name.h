// Whether a name says that what it stands for is kept from others.
#pragma once

#include <cstddef>
#include <string_view>

namespace composelint {

// DB_PASSWORD, api-key, MYSQL_PWD; not what tells where a secret lies (`…_FILE`,
// `--password-stdin`).
[[nodiscard]] bool names_a_secret(std::string_view name);

// What names the value that begins at `at`: "password" of `user=a&password=` and of
// `{"password":"`, "Bearer" of `Authorization: Bearer `.
[[nodiscard]] std::string_view name_before(std::string_view text, std::size_t at);

}  // namespace composelint
