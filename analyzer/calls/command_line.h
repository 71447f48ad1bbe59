// From an argument list to a ComposeInvocation: the reading that Docker's own command line gives
// it.
#pragma once

#include <composelint/invocation.h>

#include <optional>
#include <span>

namespace composelint::calls {

// Where a compose command begins in an argument list.
struct ComposeStart {
  ComposeProgram program = ComposeProgram::kPlugin;
  std::size_t after = 0;  // index of the first word behind the program
  bool opaque = false;    // a word among the options of `docker` itself is unknown
  bool own = false;       // a script of the repository, with options and files of its own
};

// Finds `docker [options] compose`, `docker-compose`, `$ENGINE compose` and a variable that by its
// name and what follows can only be one of them. Wrappers (sudo, env, …) are taken off before.
[[nodiscard]] std::optional<ComposeStart> find_compose(std::span<const Argument> argv);

// Reads the options, verb and operands. Never fails: what the CLI would refuse becomes
// ComposeInvocation::errors, what cannot be known sets the opaque flags. `span` is the simple
// command's. Effect and target are left for those who know.
[[nodiscard]] ComposeInvocation read_command_line(std::span<const Argument> argv,
                                                  const ComposeStart& start, Span span);

}  // namespace composelint::calls
