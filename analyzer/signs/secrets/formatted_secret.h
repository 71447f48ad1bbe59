// Secrets that `printf` puts behind their name.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace composelint {

// "password" of `printf 'user=%s\npassword=%s\n' app "$PW"`, where `at` is the word that goes there
// and the shell puts a value into it.
[[nodiscard]] std::optional<std::string> named_by_format(const std::vector<Argument>& words,
                                                         std::size_t at);

}  // namespace composelint
