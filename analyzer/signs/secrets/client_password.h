// Where clients take a password among their words, other than by an option that is called so.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace composelint {

struct ClientPassword {
  std::size_t at = 0;     // the word that holds it
  std::size_t from = 0;   // where in the word it begins
  std::string_view what;  // "-P", "change_password"
};

// The password that the word at `at` is, or has behind it, in a call of `program`.
[[nodiscard]] std::optional<ClientPassword> password_at(std::string_view program,
                                                        const std::vector<Argument>& words,
                                                        std::size_t at);

// `zip --password`: without a terminal the program that the text ends in takes it from nowhere
// else.
[[nodiscard]] bool has_no_other_way(std::string_view text);

}  // namespace composelint
