// A step whose failure nobody sees, and what runs behind it all the same.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `trap 'echo "it failed"; exit 1' ERR` in front of it: a failure is answered there.
[[nodiscard]] bool is_answered_by_a_trap(const Step& step);

[[nodiscard]] bool is_unchecked(const Step& step);

// `docker compose down & wait`: `wait` without a number ends with 0, errexit or not.
[[nodiscard]] bool is_waited_for(const Step& step, const Step& later);

// `zcat app.sql.gz | psql`, of which the client's own failure is meant.
[[nodiscard]] bool ends_unchecked(const Step& step);

// `ssh live pg_dump … > x.sql`: what is restored here is fetched from another machine.
[[nodiscard]] bool fetches_dump(const Step& earlier, const Step& later);

// Recipes and jobs have a shell that stops, line by line or as a whole; what a workflow hands to a
// shell on another machine has none.
[[nodiscard]] bool stops_by_itself(const Timeline& timeline, const Step& step);

// As above, and behind `&&` as well: what fails in front of that is another matter.
[[nodiscard]] bool runs_in_a_chain(const Timeline& timeline, const Step& earlier,
                                   const Step& later);

}  // namespace composelint
