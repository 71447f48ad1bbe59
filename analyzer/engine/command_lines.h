// Which lines belong to one command: what a comment beside or above it speaks of.
#pragma once

#include <composelint/shell.h>

#include <vector>

#include "analyzer/engine/line_range.h"

namespace composelint::engine {

// The lines of every command of `script`, those in bodies included. A
// pipeline or list of simple commands is one command; a compound command is its first line, and the
// commands inside count for themselves.
[[nodiscard]] std::vector<LineRange> command_lines(const Script& script);

// The same with all lines of compound commands: from `if` to `fi`, a function with its body.
[[nodiscard]] std::vector<LineRange> whole_command_lines(const Script& script);

}  // namespace composelint::engine
