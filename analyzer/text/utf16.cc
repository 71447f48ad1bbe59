#include "analyzer/text/utf16.h"

#include <cstdint>
#include <optional>

namespace composelint::text {

namespace {

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | (point >> 6U));
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

bool is_high_surrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low_surrogate(std::uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

bool is_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

Result<std::string> decode_utf16(std::string_view bytes) {
  const bool little = bytes.starts_with("\xFF\xFE");
  if (bytes.size() % 2 != 0) {
    return Failure{FailureCode::kSyntax, "the UTF-16 text ends in the middle of a character", {}};
  }
  const auto unit_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(little ? first | second << 8 : first << 8 | second);
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 2; at < bytes.size(); at += 2) {
    std::uint32_t point = unit_at(at);
    const bool pair =
        is_high_surrogate(point) && at + 2 < bytes.size() && is_low_surrogate(unit_at(at + 2));
    if (pair) {
      at += 2;
      point = 0x10000U + ((point - 0xD800U) << 10U) + (unit_at(at) - 0xDC00U);
    } else if (is_high_surrogate(point) || is_low_surrogate(point)) {
      return Failure{FailureCode::kSyntax, "the UTF-16 text holds half of a surrogate pair", {}};
    }
    append_utf8(out, point);
  }
  return out;
}

}  // namespace composelint::text
