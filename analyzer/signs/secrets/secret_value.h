// What of a word is the value of a secret.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace composelint {

// A variable, or what a command prints; no blank that a host fills in.
[[nodiscard]] bool is_plain_hole(const Hole& hole);

// "PW" of `-p"$PW"`, where the word ends in a variable.
[[nodiscard]] std::string_view variable_at_end(std::string_view written);

// `PASSWORD '$PW'` in a statement, as it is written, where the variable is empty by default.
[[nodiscard]] std::optional<std::string> empty_in_statement(const Argument& word);

// A value that is one, and no blank of a template, no switch.
[[nodiscard]] bool is_secret(const Argument& word, std::size_t from);

// The script itself makes a database with this password: it goes with the script.
[[nodiscard]] bool is_throwaway(const Argument& word, std::size_t from);

// What of the word begins at `from` and ends before one of `ends` is a value: it holds a variable,
// or text that is no example.
[[nodiscard]] bool has_value(const Argument& word, std::size_t from, std::string_view ends);

// `set_password('$PW')` and `auth('app', '$DB_PASSWORD')` in program text: what is called, or what
// the variable itself says it holds.
[[nodiscard]] std::optional<std::string> in_program_text(const Argument& word, const Hole& hole);

}  // namespace composelint
