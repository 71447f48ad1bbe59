// A question of a wait loop that a later command asks once more.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// Word by word, with what is not known in the same places.
[[nodiscard]] bool says_the_same(const Step& left, const Step& right);

// `exec queue true`, and `exec queue …` of the same service: where no container runs, both fail.
[[nodiscard]] bool asks_whether_it_runs(const Step& question, const Step& next);

// `mysqladmin ping`, and `mysql < schema.sql`: both need the same server to answer, of this machine
// or of the same container.
[[nodiscard]] bool is_client_of_the_same(const Step& question, const Step& next);

// `left=$(count_players)` and a test of `$left` behind a loop whose condition calls the same
// function.
[[nodiscard]] bool is_counted_again(const Branch& loop);

}  // namespace composelint
