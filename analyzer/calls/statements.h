// The statements on the command lines of database clients, and the files that dumps are told to
// write.
#pragma once

#include <composelint/argument.h>
#include <composelint/effect.h>

#include <span>
#include <string_view>

namespace composelint::calls {

// `argv` is a command without wrappers, which was recognised to have `effect`: a look, an export, a
// dump or a shell. All statements that it is handed on the command line do no more than that; so
// does a command that hands none.
[[nodiscard]] bool asks_alone(std::span<const Argument> argv, Effect effect);

// It hands statements on the command line, and all of them only ask.
[[nodiscard]] bool told_only_to_ask(std::span<const Argument> argv);

// The file that a dump is told to write by an option, as far as it is known; empty: none.
[[nodiscard]] std::string_view written_by(std::span<const Argument> argv);

}  // namespace composelint::calls
