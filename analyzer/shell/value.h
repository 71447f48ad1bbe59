// What a variable holds, as far as the scripts tell: text whose unknown parts stay unknown.
#pragma once

#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint::shell {

// A run of text with one origin, or a hole.
struct Piece {
  std::string text;     // known text; of a hole its name
  Span written;         // where it is written; the bytes of an `exact` piece are `text`
  bool exact = false;   // `written` holds `text` as is: parts of it can be located
  bool hole = false;    // unknown at this place
  bool quoted = false;  // was in quotes: never split, no glob
  bool splits = false;  // a hole or glob outside of quotes: may be no word, or several

  friend bool operator==(const Piece&, const Piece&) = default;
};

// One string: the concatenation of its pieces.
using Text = std::vector<Piece>;

[[nodiscard]] bool is_known(const Text& text);
// Holes contribute nothing.
[[nodiscard]] std::string known_text(const Text& text);
// Bytes [begin, begin + size) of the known text, with the holes inside. Keeps places exact.
[[nodiscard]] Text slice(const Text& text, std::size_t begin, std::size_t size);
[[nodiscard]] Text known(std::string_view text, Span written = {});
[[nodiscard]] Text unknown(std::string_view name, Span written = {});

// A scalar is one element; an array any number of them.
struct Value {
  bool array = false;
  std::vector<Text> elements;
  Span span;  // the assignment that made it; nowhere for what came from outside

  [[nodiscard]] static Value scalar(Text text, Span span = {});
  [[nodiscard]] static Value list(std::vector<Text> elements, Span span = {});
  [[nodiscard]] static Value hole(std::string_view name, Span span = {});

  friend bool operator==(const Value&, const Value&) = default;
};

}  // namespace composelint::shell
