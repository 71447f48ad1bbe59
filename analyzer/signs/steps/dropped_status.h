// How a script says that it does not care whether a command fails.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string>
#include <string_view>

namespace composelint {

// The rest of the line behind the command as it is written.
[[nodiscard]] std::string_view rest_of_line(const Step& step);

// "|| true" as it stands behind the command, "-" of make in front of it; empty where neither is
// seen: an `if !` or an `|| echo` may be what throws the status away.
[[nodiscard]] std::string written_drop(const Step& step);

// Where that stands: in a function that is handed some words of the command, and not at its call.
[[nodiscard]] Span dropped_at(const Step& step);

// `|| echo "it failed"`, `|| warn …`: the script goes on, and says so.
[[nodiscard]] bool says_that_it_failed(const Step& step);

// `if ! migrate; then echo "it failed" >&2; fi`, or behind the `else` of `if migrate`.
[[nodiscard]] bool says_behind_its_test(const Timeline& timeline, const Step& step);

// `if migrate; then …; else …; exit 1; fi`: that the status is thrown away is its caller's doing.
[[nodiscard]] bool ends_behind_its_test(const Timeline& timeline, const Step& step);

// The text between two commands of one file: where `$?` is read, where a script waits.
[[nodiscard]] std::string_view text_behind(const Step& step, const Step& other);

}  // namespace composelint
