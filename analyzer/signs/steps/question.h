// What a question is worth: whether the operator can still say no by it.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// "Ctrl-C to abort": who goes on has agreed, also where a --force goes past it.
[[nodiscard]] bool offers_a_way_out(const Timeline& timeline, const Step& question);

// "Press Enter after editing .env" waits for something else.
[[nodiscard]] bool waits_for_work(const Timeline& timeline, const Step& question);

// `if [ ! -f .env ]; then echo "Ctrl-C to cancel"; read -r; fi`: where the file is there, nobody is
// asked about a step that has nothing to do with it. An option that goes past the question is
// another matter.
[[nodiscard]] bool is_about_a_file(const Timeline& timeline, const Step& question,
                                   const Step& step);

// The operator decides by `question` whether `step`, which it may lead to, is done.
[[nodiscard]] bool decides_on(const Timeline& timeline, const Step& question, const Step& step);

}  // namespace composelint
