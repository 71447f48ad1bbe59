// Which words of a command line are secret by where they stand, and which names say so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::guard {

// Begin and end within a text.
using TextRange = std::pair<std::size_t, std::size_t>;

// Wider than names_a_secret, which rules report by: DB_PASS, Pwd, --auth. What is masked needlessly
// is only harder to read. The dashes of an option may stand in front.
[[nodiscard]] bool may_name_a_secret(std::string_view name);

// As variables are called: "db-pass" is "DB_PASS".
[[nodiscard]] std::string upper_name(std::string_view text);

// `create-user`, `user:add`, `users:create`: a task that makes a user or changes its password.
[[nodiscard]] bool makes_a_user(std::string_view word);

// A file that is there for secrets by its name, or by that of a folder that it lies in.
[[nodiscard]] bool holds_secrets(std::string_view path);

// Of each word of `argv`, sorted and apart from each other: values of `-e NAME=…`, of options and
// assignments with secret names, of the options that programs take passwords by (`mysql -p`,
// `redis-cli -a`, `curl -u user:…`), and what the text of a word gives away, also as shell text.
[[nodiscard]] std::vector<std::vector<TextRange>> secret_ranges(
    const std::vector<std::string>& argv);

}  // namespace composelint::guard
