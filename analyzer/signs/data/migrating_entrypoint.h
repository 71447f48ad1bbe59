// A script of the repository that a container starts with, and that migrates.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/step.h>

namespace composelint {

// `ENTRYPOINT ["/entrypoint.sh"]` or `CMD ["/start"]` of the service's Dockerfile, or what its
// compose file has in their place, names a script that migrates at each start: who does so by hand
// comes second. In place of `task`: it does the same, and does not
// start where that fails.
[[nodiscard]] bool migrates_at_each_start(const Service& service, const WorkspaceFacts& facts,
                                          const Step* task = nullptr);

// So it is, also by `[ "${MIGRATE_ON_START:-1}" = 1 ]`, and by the text of the CMD itself: what has
// been started has migrated, if nobody has it otherwise.
[[nodiscard]] bool migrates_unless_told(const Service& service, const WorkspaceFacts& facts);

// `exec app alembic upgrade head`: its container has migrated when it started.
[[nodiscard]] bool has_migrated_when_it_started(const Step& step, const WorkspaceFacts& facts);

}  // namespace composelint
