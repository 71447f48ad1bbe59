// Places and rules as SARIF has them.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

namespace composelint::report {

// A path as a URI reference (RFC 3986): relative paths stay relative, absolute ones become file:
// URIs.
[[nodiscard]] std::string uri_of(std::string_view path);

[[nodiscard]] nlohmann::ordered_json artifact_location(std::string_view path);
// Columns in UTF-16 code units, the end exclusive.
[[nodiscard]] nlohmann::ordered_json region_of(const Span& span);
// {"physicalLocation": …}; the start directory itself for a span that is nowhere, because code
// scanning takes no result without a place.
[[nodiscard]] nlohmann::ordered_json location_of(const Span& span);

// The reportingDescriptor of a rule.
[[nodiscard]] nlohmann::ordered_json descriptor_of(const Rule& rule);
// "RunWithoutRm" of "run-without-rm".
[[nodiscard]] std::string pascal_case(std::string_view slug);
// The level outside of any context: the highest that the rule has in one.
[[nodiscard]] Severity default_level(const Rule& rule);

}  // namespace composelint::report
