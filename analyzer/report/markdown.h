// Pieces that the generated pages share.
#pragma once

#include <composelint/result.h>
#include <composelint/rule.h>

#include <string>
#include <string_view>

namespace composelint::report {

// "fix", "offer", or a dash.
[[nodiscard]] std::string_view fix_cell(FixKind fix);
// The text of a table's cell: a bar would end it.
[[nodiscard]] std::string table_cell(std::string_view text);
// `page` with `block` put between <!-- NAME:begin --> and <!-- NAME:end -->; fails where they are
// missing.
[[nodiscard]] Result<std::string> with_block(std::string_view page, std::string_view name,
                                             std::string_view block);

}  // namespace composelint::report
