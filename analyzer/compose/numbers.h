// Numbers in strings, as Go's strconv reads them: nothing around them, no locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace composelint::compose {

// An optional sign and decimal digits.
[[nodiscard]] std::optional<std::int64_t> parse_int(std::string_view text, int base = 10);
[[nodiscard]] std::optional<std::uint64_t> parse_uint(std::string_view text);
// Decimal floats, "inf", "infinity" and "nan" in any case.
[[nodiscard]] std::optional<double> parse_float(std::string_view text);
// The nearest single-precision number, as the double with the same shortest decimal digits.
[[nodiscard]] double as_single(double value);
// As Go's `%v` writes it: shortest digits that read back, an exponent from 1e+06 on and below 1e-4.
[[nodiscard]] std::string go_float(double value);
// As encoding/json writes it.
[[nodiscard]] std::string json_float(double value);

[[nodiscard]] std::string lower(std::string_view text);  // ASCII

// Go-like durations with days and weeks, in nanoseconds: "1h30m", "1d", "1.5s".
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);
// "1m30s", "24h0m0s"
[[nodiscard]] std::string duration_text(std::int64_t nanoseconds);
// "64m", "1.5 GiB", "1024" in bytes
[[nodiscard]] std::optional<std::int64_t> parse_bytes(std::string_view text);

// Standard base64 with padding; line ends in it are skipped.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace composelint::compose
