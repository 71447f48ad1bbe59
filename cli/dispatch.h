// From argv to the subcommand that it names.
#pragma once

#include <composelint/exit_code.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "cli/arguments.h"

namespace composelint::cli {

struct Subcommand {
  std::string_view name;
  std::string_view summary;  // one line for --help; empty: not listed
  ExitCode (*run)(const Words& words) = nullptr;
  // Takes all words as they are, its own name and what stands before it included: for subcommands
  // that have the command line of `docker compose`, whose global options come first.
  bool whole_line = false;
};

// Runs the subcommand that `words` (argv without the program) name, or shows help.
[[nodiscard]] ExitCode dispatch(std::span<const Subcommand> table, const Words& words);

// Index of the first word that is neither an option nor the value of one of the global options of
// `docker compose`.
[[nodiscard]] std::optional<std::size_t> subcommand_at(const Words& words);

// What dispatch shows when no subcommand can be run; nothing when one can.
[[nodiscard]] std::optional<Answer> answer_without_subcommand(std::span<const Subcommand> table,
                                                              const Words& words);

}  // namespace composelint::cli
