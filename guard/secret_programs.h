// How programs are told secrets on their command lines: one row a way, no row for options whose
// names say it by themselves (`--password`, `--api-key`).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace composelint::guard {

// Letters of options by which a program takes a secret, in the same word or the next.
struct LetterRow {
  std::string_view name;
  std::string_view secret;  // the whole value
  std::string_view user;    // `user:secret`
  std::string_view flags;   // what may stand in front of them in one word
};

// Options that are a word of their own: the next word, or what stands behind their '='.
struct OptionRow {
  std::string_view name;     // of the program; empty: of any
  std::string_view options;  // between blanks
  char behind = 0;           // only what stands behind this character of the value
};

// Words that are no options, counted from the one behind the program or behind `after`.
struct PlaceRow {
  std::string_view name;
  std::string_view after;  // empty: the program
  std::size_t from = 1;    // this one and those behind it; 0: the last
  char behind = 0;         // only what stands behind this character of the word
  char flag = 0;           // only where a short option has this letter
};

[[nodiscard]] std::span<const LetterRow> letter_rows();
[[nodiscard]] std::span<const OptionRow> option_rows();
[[nodiscard]] std::span<const PlaceRow> place_rows();

// Their --password asks for one and takes no word.
[[nodiscard]] bool asks_for_password(std::string_view program);
// "chpasswd", "--password-stdin": the command takes a secret from its standard input.
[[nodiscard]] bool takes_secret_by_input(std::string_view word);
// Words of any program behind which a secret stands, and how many words further on: 0 is none.
[[nodiscard]] std::size_t secret_ahead(std::string_view word);

}  // namespace composelint::guard
