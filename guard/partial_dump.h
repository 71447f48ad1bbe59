// Dumps that leave out a part of the database.
#pragma once

#include <string>
#include <vector>

namespace composelint::guard {

// What a dump among the `commands` is told by which it is no whole one: "--exclude-database=app",
// "items", a table; empty: nothing that is known.
[[nodiscard]] std::string left_out_by(const std::vector<std::vector<std::string>>& commands);

// The databases that `mysqldump -B` names; empty: no such option.
[[nodiscard]] std::vector<std::string> databases_named(
    const std::vector<std::vector<std::string>>& commands);

}  // namespace composelint::guard
