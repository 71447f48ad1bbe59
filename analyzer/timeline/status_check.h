// `$?` looked at by hand: what a shell does next with the status of a command.
#pragma once

#include <composelint/shell.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace composelint::timeline {

enum class StatusCheck {
  kNone,
  kExits,      // `if [ $? -ne 0 ]; then exit 1; fi`
  kExitsWell,  // … and whoever started the shell takes it for success
  kReturns,    // to the caller of the function
};

// What becomes of a failure of `commands[at]` by the commands right behind it. `ends` says whether
// a function of this name ends the script.
[[nodiscard]] StatusCheck check_behind(const std::vector<Command>& commands, std::size_t at,
                                       const std::function<bool(const std::string&)>& ends);

// The function's last command is `exit` with a failure.
[[nodiscard]] bool ends_in_exit(const std::vector<Command>& body);

}  // namespace composelint::timeline
