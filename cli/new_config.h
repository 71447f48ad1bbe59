// A configuration that a subcommand makes: what `init` and `import-config` share.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>

#include "cli/arguments.h"

namespace composelint::cli {

// The path of the configuration in `directory`; fails where one is there that would be replaced.
[[nodiscard]] Result<std::string> place_of_new_config(const std::string& directory, bool print);
// To `path`, or to standard output; the exit code of the subcommand.
[[nodiscard]] ExitCode write_new_config(const std::string& path, std::string_view text, bool print);

}  // namespace composelint::cli
