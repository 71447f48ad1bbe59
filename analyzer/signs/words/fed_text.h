// What a script itself writes into the standard input of a step.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string>
#include <string_view>

namespace composelint {

// What a here-document holds; the redirect itself names its end.
[[nodiscard]] std::string_view here_document(const Step& step);

// All stages of the pipeline in front of the step, as they are written and with what is known of
// their words.
[[nodiscard]] std::string stages_before(const Timeline& timeline, const Step& step);

}  // namespace composelint
