// Telling a secret that somebody keeps from blanks, examples and what a developer types.
#pragma once

#include <string_view>

namespace composelint {

// Nothing that anybody keeps: a blank to fill in, an example, a word, a word with a number.
[[nodiscard]] bool is_guessable(std::string_view value);

// One of those that services give out: their form alone tells.
[[nodiscard]] bool is_issued(std::string_view value);

// `Ticketing2024!`: words and a number behind them, as somebody makes up who is asked for one.
[[nodiscard]] bool is_made_up(std::string_view value);

}  // namespace composelint
