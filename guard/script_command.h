// How a script is started, as the shell would do it.
#pragma once

#include <composelint/result.h>

#include <optional>
#include <string>
#include <vector>

namespace composelint::guard {

struct ScriptCommand {
  std::string path;               // of the script, as it is shown
  std::vector<std::string> argv;  // what is started
};

// `words` are the script and its arguments. A name without '/' is a file of the working directory,
// else one of PATH. What reads it is what its first line says, else sh; it need not be executable.
// Fails with kNotFound, kUnreadable, and kUsage where it is no script.
[[nodiscard]] Result<ScriptCommand> script_command(const std::vector<std::string>& words,
                                                   const char* path);

}  // namespace composelint::guard
