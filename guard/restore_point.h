// Whether a dump that guard has run holds what the command is about to change.
#pragma once

#include <span>
#include <string>

#include "guard/journal.h"
#include "guard/stack_view.h"

namespace composelint::guard {

// Why it is no restore point, a clause; empty: it is one, as far as anybody can tell.
[[nodiscard]] std::string no_restore_point(const StackView& view, const JournalRun& dump);
// Of what was saved at `time`: the volume that it would have to hold is younger, a clause; empty:
// not as far as the engine tells. `service`: whose data it holds; empty: the whole project's.
[[nodiscard]] std::string made_since(const StackView& view, const std::string& service,
                                     std::int64_t time);
// -p or the environment gives the project a name of its own: its volumes are not those of which the
// policy keeps a backup, unless that one has the name as well.
[[nodiscard]] bool may_be_of_another(const BackupPolicy& backup, const Project* project);
// What `down -v`, or one that empties a volume, deletes beside what dumps of these services hold, a
// clause; empty: nothing.
[[nodiscard]] std::string deleted_beside(const StackView& view,
                                         std::span<const std::string> dumped);

}  // namespace composelint::guard
