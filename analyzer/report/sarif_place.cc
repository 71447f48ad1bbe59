#include "analyzer/report/sarif_place.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestSnippet = 2000;  // bytes

// What a path segment may hold as it is. A colon is left out: in the first segment of a relative
// reference it would end a scheme.
bool stays(char byte) {
  const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  const bool digit = byte >= '0' && byte <= '9';
  return letter || digit ||
         std::string_view("-._~!$&'()*+,;=@/").find(byte) != std::string_view::npos;
}

}  // namespace

std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char byte : path) {
    if (stays(byte)) {
      uri += byte;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return uri;
}

ordered_json artifact_location(std::string_view path) {
  ordered_json location = {{"uri", uri_of(path)}};
  if (!path.starts_with('/')) location["uriBaseId"] = "SRCROOT";
  return location;
}

ordered_json region_of(const Span& span) {
  const Position begin = span.file->position(span.begin, ColumnUnit::kUtf16CodeUnit);
  const Position end = span.file->position(span.end, ColumnUnit::kUtf16CodeUnit);
  ordered_json region = {{"startLine", begin.line},
                         {"startColumn", begin.column},
                         {"endLine", end.line},
                         {"endColumn", end.column}};
  if (span.size() > 0 && span.size() <= kLongestSnippet) {
    region["snippet"] = {{"text", span.text()}};
  }
  return region;
}

ordered_json location_of(const Span& span) {
  ordered_json physical;
  physical["artifactLocation"] = artifact_location(span ? span.file->path() : ".");
  if (span) physical["region"] = region_of(span);
  return {{"physicalLocation", std::move(physical)}};
}

}  // namespace composelint::report
