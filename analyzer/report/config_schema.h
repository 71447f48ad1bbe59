// What there is to say of the configuration's keys, out of the table that it is checked against.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>

#include "analyzer/report/reports.h"

namespace composelint::report {

// A JSON Schema (draft 7), for editors.
[[nodiscard]] std::string config_schema(Rules rules);
// `page` with the Markdown table of all keys put between its two marks.
[[nodiscard]] Result<std::string> with_config_keys(std::string_view page);

}  // namespace composelint::report
