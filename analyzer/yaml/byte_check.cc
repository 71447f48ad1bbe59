#include "analyzer/yaml/byte_check.h"

#include <fmt/format.h>

#include <string_view>

#include "analyzer/text/utf16.h"
#include "analyzer/text/utf8.h"

namespace composelint::yaml {

namespace {

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

// The code point at `at` of well-formed UTF-8, as far as its kind matters here: at most three
// bytes, as nothing above U+FFFF is forbidden.
unsigned code_point(std::string_view bytes, std::size_t at) {
  const unsigned lead = byte_at(bytes, at);
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return ((lead & 0x1FU) << 6U) | (byte_at(bytes, at + 1) & 0x3FU);
  return ((lead & 0x0FU) << 12U) | ((byte_at(bytes, at + 1) & 0x3FU) << 6U) |
         (byte_at(bytes, at + 2) & 0x3FU);
}

// Only these lead bytes can start something this check minds.
bool is_suspect(unsigned char c) {
  if (c < 0x20) return c != '\n' && c != '\t';
  return c == 0x7F || c == 0xC2 || c == 0xE2 || c == 0xEF;
}

bool is_forbidden(unsigned point) {
  if (point < 0x20) return true;
  if (point >= 0x7F && point < 0xA0) return point != 0x85;
  return point == 0xFFFE || point == 0xFFFF;
}

Failure failure_at(const SourceFile& file, FailureCode code, std::string message, std::size_t at) {
  const auto begin = static_cast<std::uint32_t>(at);
  return {code, std::move(message), Span{&file, begin, std::min(begin + 1, file.size())}};
}

}  // namespace

Result<OddBreaks> check_bytes(const SourceFile& file) {
  const std::string_view bytes = file.bytes();
  if (text::is_utf16(bytes)) {
    return failure_at(file, FailureCode::kUnsupported, "the file is UTF-16: save it as UTF-8", 0);
  }
  if (const auto bad = text::first_invalid_utf8(bytes)) {
    return failure_at(file, FailureCode::kSyntax,
                      fmt::format("byte 0x{:02X} is not valid UTF-8: save the file as UTF-8",
                                  byte_at(bytes, *bad)),
                      *bad);
  }
  OddBreaks breaks;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (!is_suspect(static_cast<unsigned char>(bytes[at]))) continue;
    const unsigned point = code_point(bytes, at);
    if (point == '\r') {
      breaks.lone_cr = breaks.lone_cr || byte_at(bytes, at + 1) != '\n';
      continue;
    }
    if (is_forbidden(point)) {
      return failure_at(file, FailureCode::kSyntax,
                        fmt::format("control character U+{:04X} is not allowed in YAML", point),
                        at);
    }
    const bool odd = point == 0x85 || point == 0x2028 || point == 0x2029;
    if (odd) breaks.offsets.push_back(static_cast<std::uint32_t>(at));
  }
  return breaks;
}

}  // namespace composelint::yaml
