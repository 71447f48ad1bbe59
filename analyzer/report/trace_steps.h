// A timeline in the order in which a person would tell it, for both forms of the trace.
#pragma once

#include <composelint/timeline.h>

#include <cstddef>
#include <string>
#include <vector>

namespace composelint::report {

// Where a reader finds a step: the command itself, or the call of the function that wraps it
// (`dc up` for the `docker compose "$@"` inside).
struct TracedStep {
  Span span;
  std::vector<Span> called_from;  // outermost first
};
[[nodiscard]] TracedStep traced(const Step& step);

// The function, called by nobody, that the step stands in; empty in the main line.
[[nodiscard]] std::string uncalled_function(const Timeline& timeline, const Step& step);

// "project shop (compose.yaml, prod.yml)", or why it is not known; empty for other commands.
[[nodiscard]] std::string stack_words(const Step& step);

}  // namespace composelint::report
