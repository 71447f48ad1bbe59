// The patterns of the fact tables, matched against the words after the program.
//
//   up|down      the next word that is no option; alternatives; * at either end stands for any text
//   ...          words may stand between
//   _            any one word
//   $            no further word
//   --check|-n   this option stands somewhere; a short one also within -xyz, as far as the
//                program's own letters say that z is no value of x
//   !--check     it does not, nor a word that may hide it
//   ^            the last word names no place in a container, as `db:/tmp` does
//   ~drop+table  some word holds this text, '+' being a blank; case does not matter
#pragma once

#include <composelint/argument.h>

#include <span>
#include <string_view>

namespace composelint::knowledge {

// `words` stand behind `program`.
[[nodiscard]] bool matches(std::string_view pattern, std::span<const Argument> words,
                           std::string_view program = {});
// "a|b*|*c" against one text.
[[nodiscard]] bool matches_any(std::string_view alternatives, std::string_view text);

}  // namespace composelint::knowledge
