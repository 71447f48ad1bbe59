// The last good copy of a database goes behind a dump or an import that may have failed.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include "analyzer/signs/words/written_path.h"

namespace composelint {

// What stands behind the last `/`, as far as it is known.
[[nodiscard]] WrittenPath last_component(const Argument& word);

[[nodiscard]] bool is_named(const WrittenPath& path);

// `rm $old` behind the dump, `old=$(ls backups/*.sql)` in front of it.
[[nodiscard]] bool removes_the_others(const Timeline& timeline, const Step& dump,
                                      const Step& later);

// The words of the import that name the dump which `rm` takes away; null: it is another file, or
// one that can be had again.
[[nodiscard]] const Argument* removes_its_dump(const Timeline& timeline, const Step& load,
                                               const Step& later);

}  // namespace composelint
