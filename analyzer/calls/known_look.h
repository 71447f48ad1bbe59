// Commands that are known to look by all of their words.
#pragma once

#include <composelint/argument.h>

#include <span>
#include <string_view>

namespace composelint::calls {

// `git log --oneline`, `curl -I http://app/`, `rails -T`: the program, its subcommand and each of
// its options are among those that only print. `argv` is a command without wrappers, to which
// nobody adds words; `fed` when something stands at its standard input. False where it is not sure.
[[nodiscard]] bool surely_looks(std::span<const Argument> argv, bool fed);

// The subcommands and options of a program that looks with them.
struct LookRow {
  std::string_view programs;    // "a|b*"
  std::string_view verbs;       // first operands, "log|remote show"; empty: none is asked for
  std::string_view options;     // may stand there, "-n|--format=*"; values only after '='
  std::string_view with_value;  // options whose value is the next word
  std::string_view needs;       // one of these options stands there; empty: none is needed
  int operands = -1;            // at most as many behind the verb; -1: any number
};

[[nodiscard]] std::span<const LookRow> look_rows();

}  // namespace composelint::calls
