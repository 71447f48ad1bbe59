// Copies that save nothing of what the database holds now.
#pragma once

#include <composelint/timeline.h>

namespace composelint::evidence {

// `cp .env .env.backup`: a copy of one file is a restore point only when the data is in it.
[[nodiscard]] bool copies_no_data(const Step& step);
// `cp backups/latest.sql /tmp/backup.sql`: a dump that was there already is moved about.
[[nodiscard]] bool copies_a_dump(const Step& step, const Timeline& timeline);

}  // namespace composelint::evidence
