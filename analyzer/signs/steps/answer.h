// What a script makes of the operator's answer to a question.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

enum class Answer {
  kDecides,  // something looks at it, or it is no `read` at all
  kPause,    // nobody looks at it: "Press Enter"
  kValue,    // a name, a password: it is used, and decides nothing
  kNothing,  // `[ "$x"=y ]` holds whatever was answered
};

[[nodiscard]] std::size_t mention_of(std::string_view text, std::string_view name,
                                     std::size_t from);

// What the script says just before, and the question itself.
[[nodiscard]] std::string announcement(const Timeline& timeline, const Step& question);

[[nodiscard]] std::vector<std::string_view> variables_read(const Step& step);

[[nodiscard]] Answer answer_to(const Timeline& timeline, const Step& question);

}  // namespace composelint
