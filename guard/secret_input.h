// Commands of a shell text that pass secrets on by their input, or write them into files.
#pragma once

#include <string_view>
#include <vector>

namespace composelint::guard {

// `echo h:5432:db:u:x >~/.pgpass`, `printf %s x > /run/secrets/db_password`
[[nodiscard]] bool writes_passwords(const std::vector<std::string_view>& words);
// `… | passwd x`, `… | tee ~/.pgpass`, `… | docker login --password-stdin`
[[nodiscard]] bool takes_by_input(const std::vector<std::string_view>& words);

}  // namespace composelint::guard
