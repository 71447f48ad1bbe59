// The subcommands. Each takes the words behind its name and gives the exit code.
#pragma once

#include <composelint/exit_code.h>

#include "cli/arguments.h"

namespace composelint::cli {

ExitCode check_command(const Words& words);
ExitCode explain_command(const Words& words);
ExitCode rules_command(const Words& words);
ExitCode calls_command(const Words& words);
ExitCode trace_command(const Words& words);
ExitCode import_config_command(const Words& words);
ExitCode init_command(const Words& words);
ExitCode test_rules_command(const Words& words);
ExitCode config_schema_command(const Words& words);
ExitCode docs_command(const Words& words);
ExitCode config_command(const Words& words);  // all words of the line
ExitCode diff_command(const Words& words);
ExitCode guard_command(const Words& words);
ExitCode plan_command(const Words& words);

}  // namespace composelint::cli
