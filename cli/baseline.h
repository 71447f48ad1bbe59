// `check --baseline` and `--write-baseline`.
#pragma once

#include <composelint/exit_code.h>
#include <composelint/result.h>
#include <composelint/run.h>

#include <functional>
#include <string>

#include "analyzer/engine/rule_set.h"
#include "cli/arguments.h"

namespace composelint::cli {

// Takes what the file at `path` has out of a run, and adds a note about what it has too much; not
// about rules that `choice` leaves out.
[[nodiscard]] Result<std::function<void(Run&)>> baseline_filter(
    const std::string& path, const std::string& working_directory, engine::RuleChoice choice);

// Writes the findings of `run` to the file at `path`, and says so.
[[nodiscard]] ExitCode write_baseline(const Run& run, const std::string& path,
                                      const std::string& working_directory);

}  // namespace composelint::cli
