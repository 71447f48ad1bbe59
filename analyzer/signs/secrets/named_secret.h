// Secrets that a word gives away by a name: that of its option, or of the variable in it.
#pragma once

#include <composelint/argument.h>

#include <string_view>

namespace composelint {

// "password" of `--password`, and of `-password` of programs whose long options have one dash; not
// of mysql's `-ppassword`.
[[nodiscard]] std::string_view option_name(std::string_view word);

// As `names_a_secret`, and `--user_pass`, `--dbpass`, `--admin-pwd`; not `--bypass`, `--pass 2`.
[[nodiscard]] bool is_secret_option(std::string_view name);

// The same of a variable that is handed over: `-e PASS=$PASS`.
[[nodiscard]] bool is_secret_assignment(std::string_view name);

// "ADMIN_PASSWORD" of `"$ADMIN_PASSWORD"` and of `--seed="${ADMIN_PASSWORD}"`: all of the word, or
// of the value; empty for another word, and where nothing is in the variable.
[[nodiscard]] std::string_view secret_variable_of(const Argument& word);

}  // namespace composelint
