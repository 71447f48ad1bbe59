// Numbers by the grammar Compose uses: that of YAML 1.1 and of 1.2, underscores anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace composelint::yaml {

struct Integer {
  bool fits_int64 = true;
  std::int64_t signed_value = 0;     // where fits_int64
  std::uint64_t unsigned_value = 0;  // elsewhere
};

// 12, -0x1F, 0b101, 0o17, 017 (octal), 1_000; nullopt for other text and beyond 64 bits.
[[nodiscard]] std::optional<Integer> parse_integer(std::string_view text);
// 1.5, .5, 1e3, 08 (no octal, so a float); nullopt for other text and what overflows a double.
[[nodiscard]] std::optional<double> parse_float(std::string_view text);

}  // namespace composelint::yaml
