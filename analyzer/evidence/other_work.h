// Questions to the operator that are about something else than the task behind them.
#pragma once

#include <composelint/timeline.h>

namespace composelint::evidence {

// `read -p "Rebuild? [y/N] " a; [ "$a" = y ] && docker compose build`, `if confirm "Rebuild?"; then
// …; fi`: whatever the answer, the script comes to `task`, and what it sets decides nothing.
[[nodiscard]] bool is_about_other_work(const Timeline& timeline, const Step& question,
                                       const Step& task);

}  // namespace composelint::evidence
