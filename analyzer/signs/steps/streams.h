// Where a step is written, and where its standard input comes from: its own redirect or pipe, or
// one of what stands around.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>

#include <string_view>

namespace composelint {

// What is written between two places of one file, the one before the other; otherwise text that
// stands between no command and its parts.
[[nodiscard]] std::string_view text_between(Span left, Span right);

// The command as it stands in the script: where a function only hands on its words, the call of it.
[[nodiscard]] Span written_command(const Step& step);

// Where the task is asked for: the call of a function or script that hands its words on (`"$@"`) to
// `run`, the outermost that gives one of them; else `run` itself.
[[nodiscard]] Span asked_at(const Step& step, Span run);

[[nodiscard]] Span asked_at(const Step& step);

// The redirect or the pipe is the command's own, not that of a loop or a group around it.
[[nodiscard]] bool feeds_it_alone(const Step& step);

// The script itself hands something over: a pipe, a file, a here-document.
[[nodiscard]] bool is_fed(const Step& step);

// `ssh host <<'END' … END`: the commands behind it come from the same input.
[[nodiscard]] bool is_fed_with_the_script(const Step& step);

}  // namespace composelint
