// Names of containers that a script has just asked for where it uses them.
#pragma once

#include <composelint/source.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

// `if docker ps -a | grep -q shop_db_1; then db=shop_db_1; else db=shop-db-1; fi`: the name is one
// of those that a test decides between. `place`: where it is written.
[[nodiscard]] bool is_looked_for_by_name(const Timeline& timeline, Span place,
                                         std::string_view name);

}  // namespace composelint
