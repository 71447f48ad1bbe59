// A question of a wait loop that a later command asks once more.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// Word by word, with what is not known in the same places.
[[nodiscard]] bool says_the_same(const Step& left, const Step& right);

// `left=$(count_players)` and a test of `$left` behind a loop whose condition calls the same
// function.
[[nodiscard]] bool is_counted_again(const Branch& loop);

}  // namespace composelint
