// Whether a dump that guard has run holds what the command is about to change.
#pragma once

#include <span>
#include <string>

#include "guard/journal.h"
#include "guard/stack_view.h"

namespace composelint::guard {

// Why it is no restore point, a clause; empty: it is one, as far as anybody can tell.
[[nodiscard]] std::string no_restore_point(const StackView& view, const JournalRun& dump);
// What `down -v` deletes beside what dumps of these services hold, a clause; empty: nothing.
[[nodiscard]] std::string deleted_beside(const StackView& view,
                                         std::span<const std::string> dumped);

}  // namespace composelint::guard
