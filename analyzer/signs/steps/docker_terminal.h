// A terminal that `docker exec -t` or `docker run -t` is made to give where its output or input
// goes elsewhere.
#pragma once

#include <composelint/finding.h>
#include <composelint/fix.h>
#include <composelint/option_use.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>
#include <string>

namespace composelint {

// What comes of the terminal; empty where nobody minds.
[[nodiscard]] std::string harm_of_terminal(const Step& step, const Timeline* timeline);

[[nodiscard]] std::optional<Related> stream_of_terminal(const Step& step);

[[nodiscard]] std::optional<Fix> without_terminal(const OptionUse& use);

}  // namespace composelint
