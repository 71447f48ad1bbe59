// A dump that may have failed is put over the copy of the run before.
#pragma once

#include <composelint/step.h>

#include <optional>

#include "analyzer/signs/words/written_path.h"

namespace composelint {

// `pg_dump > app.sql.new`, `mv app.sql.new app.sql`; `gzip -f app.sql`: over the copy of the run
// before. Where it goes; nothing where it has a name of its own there, or what moves is something
// else.
[[nodiscard]] std::optional<WrittenPath> goes_over_the_last(const Step& dump, const Step& later);

}  // namespace composelint
