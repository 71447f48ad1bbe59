// The outside of the process: standard streams, the output file, the terminal, the directory, the
// day.
#pragma once

#include <composelint/result.h>

#include <optional>
#include <string>
#include <string_view>

#include "cli/arguments.h"

namespace composelint::cli {

// Help to standard output, complaints to standard error; gives the answer's code back.
ExitCode show(const Answer& answer);
// "composelint: <message>" on standard error; the code for trouble.
ExitCode complain(std::string_view message);

// Whole lines to standard error, beside a report.
void say(std::string_view lines);

[[nodiscard]] Result<std::string> read_standard_input();
[[nodiscard]] Result<std::string> working_directory();
// The day, "2026-12-31"; that of SOURCE_DATE_EPOCH where it is set, so that a run can be repeated.
[[nodiscard]] std::string today();

// All of `text` to standard output or to the file at `path`. A regular file is replaced in one
// step: readers see the old text or the new one, and after a failure the old one is still there.
[[nodiscard]] MaybeFailure write_output(const std::optional<std::string>& path,
                                        std::string_view text);

// `automatic` means: standard output is a terminal that can, and NO_COLOR is not set.
[[nodiscard]] bool wants_colour(Colour colour, bool to_file);

}  // namespace composelint::cli
