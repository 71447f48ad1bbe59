// Pieces that the JSON reports share.
#pragma once

#include <composelint/finding.h>

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace composelint::report {

[[nodiscard]] std::string_view to_string(Confidence confidence);
[[nodiscard]] std::string_view to_string(FixSafety safety);

// Adds "file", "line", "column", "end_line" and "end_column" to `object`; nothing for a span that
// is nowhere. Columns count code points from 1, the end is exclusive.
void put_place(nlohmann::ordered_json& object, const Span& span);

// Indented, in ASCII alone: neither broken UTF-8 nor invisible characters of a source get through.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& value);

}  // namespace composelint::report
