#include "analyzer/compose/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "analyzer/compose/runes.h"

namespace composelint::compose {

namespace {

constexpr std::int64_t kMaxInt = std::numeric_limits<std::int64_t>::max();

template <typename T>
std::optional<T> whole(std::string_view text, int base) {
  T value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::array kDurationUnits = {
    Unit{"ns", 1},
    Unit{"us", 1'000},
    Unit{"\xC2\xB5s", 1'000},
    Unit{"\xCE\xBCs", 1'000},
    Unit{"ms", 1'000'000},
    Unit{"s", kSecond},
    Unit{"m", 60 * kSecond},
    Unit{"h", 3600 * kSecond},
    Unit{"d", 24 * 3600 * kSecond},
    Unit{"w", 168 * 3600 * kSecond},
};

std::string shortest(double value, std::chars_format format) {
  std::array<char, 512> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, format);
  return {digits.data(), end.ptr};
}

int decimal_exponent(double value) {
  const std::string text = shortest(value, std::chars_format::scientific);
  return static_cast<int>(parse_int(text.substr(text.find('e') + 1)).value_or(0));
}

// Digits with an optional fraction; gives what follows. Nothing when there is no digit.
struct Amount {
  std::int64_t whole = 0;
  double fraction = 0;
};

std::optional<Amount> leading_amount(std::string_view& text) {
  Amount amount;
  bool digits = false;
  while (!text.empty() && is_digit(text.front())) {
    if (amount.whole > kMaxInt / 10 - 1) return std::nullopt;
    amount.whole = amount.whole * 10 + (text.front() - '0');
    text.remove_prefix(1);
    digits = true;
  }
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    for (double scale = 0.1; !text.empty() && is_digit(text.front()); scale /= 10) {
      amount.fraction += (text.front() - '0') * scale;
      text.remove_prefix(1);
      digits = true;
    }
  }
  return digits ? std::optional(amount) : std::nullopt;
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<std::int64_t> parse_int(std::string_view text, int base) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  return whole<std::int64_t>(text, base);
}

std::optional<std::uint64_t> parse_uint(std::string_view text) {
  return whole<std::uint64_t>(text, 10);
}

std::optional<double> parse_float(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string word = lower(text);
  double value = 0;
  if (word == "inf" || word == "infinity") {
    value = std::numeric_limits<double>::infinity();
  } else if (word == "nan") {
    value = std::numeric_limits<double>::quiet_NaN();
  } else {
    if (text.empty() || (!is_digit(text.front()) && text.front() != '.')) return std::nullopt;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  }
  return negative ? -value : value;
}

double as_single(double value) {
  if (!std::isfinite(value)) return value;
  std::array<char, 64> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<float>(value));
  double out = 0;
  std::from_chars(digits.data(), end.ptr, out);
  return out;
}

std::string go_float(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  const int exponent = decimal_exponent(value);
  const bool scientific = exponent < -4 || exponent >= 6;
  return shortest(value, scientific ? std::chars_format::scientific : std::chars_format::fixed);
}

std::string json_float(double value) {
  if (value == 0) return std::signbit(value) ? "-0" : "0";
  const double size = std::fabs(value);
  if (size >= 1e-6 && size < 1e21) return shortest(value, std::chars_format::fixed);
  std::string text = shortest(value, std::chars_format::scientific);
  // encoding/json drops the zero of a one-digit negative exponent: 1e-07 becomes 1e-7.
  const std::size_t e = text.find("e-0");
  if (e != std::string::npos) text.erase(e + 2, 1);
  return text;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  while (!text.empty()) {
    const std::optional<Amount> amount = leading_amount(text);
    if (!amount) return std::nullopt;
    std::size_t size = 0;
    while (size < text.size() && text[size] != '.' && !is_digit(text[size])) ++size;
    const auto* unit =
        std::find_if(kDurationUnits.begin(), kDurationUnits.end(),
                     [&](const Unit& one) { return one.name == text.substr(0, size); });
    if (unit == kDurationUnits.end() || amount->whole > kMaxInt / unit->size) return std::nullopt;
    text.remove_prefix(size);
    const std::int64_t part = amount->whole * unit->size;
    const auto rest = static_cast<std::int64_t>(
        std::floor(amount->fraction * static_cast<double>(unit->size) + 1e-6));
    if (part > kMaxInt - rest || total > kMaxInt - part - rest) return std::nullopt;
    total += part + rest;
  }
  return negative ? -total : total;
}

std::string duration_text(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0s";
  const std::string sign = nanoseconds < 0 ? "-" : "";
  const std::uint64_t left = nanoseconds < 0 ? 0 - static_cast<std::uint64_t>(nanoseconds)
                                             : static_cast<std::uint64_t>(nanoseconds);
  // Up to ten digits of nanoseconds as a decimal fraction of `unit`, without trailing zeros.
  const auto fraction = [](std::uint64_t value, std::uint64_t unit, std::string_view name) {
    std::string text = std::to_string(value / unit);
    std::string digits = std::to_string(value % unit + unit).substr(1);
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    if (!digits.empty()) text += "." + digits;
    return text + std::string(name);
  };
  if (left < 1'000) return sign + std::to_string(left) + "ns";
  if (left < 1'000'000) return sign + fraction(left, 1'000, "\xC2\xB5s");
  if (left < 1'000'000'000) return sign + fraction(left, 1'000'000, "ms");
  const std::uint64_t minutes = left / 60'000'000'000;
  std::string out = fraction(left % 60'000'000'000, 1'000'000'000, "s");
  if (minutes > 0) out = std::to_string(minutes % 60) + "m" + out;
  if (minutes >= 60) out = std::to_string(minutes / 60) + "h" + out;
  return sign + out;
}

std::optional<std::int64_t> parse_bytes(std::string_view text) {
  const std::size_t last = text.find_last_of("0123456789. ");
  if (last == std::string_view::npos) return std::nullopt;
  const std::string_view number = text.substr(0, text[last] == ' ' ? last : last + 1);
  std::string suffix = lower(text.substr(last + 1));
  const std::optional<double> amount = parse_float(number);
  if (!amount || *amount < 0) return std::nullopt;
  double size = *amount;
  if (!suffix.empty() && suffix != "b") {
    constexpr std::string_view kPrefixes = "kmgtp";
    const std::size_t power = kPrefixes.find(suffix.front());
    if (power == std::string_view::npos) return std::nullopt;
    const std::string_view unit = std::string_view(suffix).substr(1);
    if (!unit.empty() && unit != "b" && unit != "ib") return std::nullopt;
    for (std::size_t i = 0; i <= power; ++i) size *= 1024;
  }
  // Go's conversion of what does not fit gives the smallest number.
  if (!(size < 9.2233720368547758e18)) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(size);
}

std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    const std::size_t digit = kAlphabet.find(c);
    if (c != '=' && (digit == std::string_view::npos || padding > 0)) return std::nullopt;
    if (c == '=') ++padding;
    bits = (bits << 6U) | (c == '=' ? 0U : static_cast<std::uint32_t>(digit));
    if (++digits % 4 != 0) continue;
    out += static_cast<char>(static_cast<unsigned char>(bits >> 16U));
    out += static_cast<char>(static_cast<unsigned char>(bits >> 8U));
    out += static_cast<char>(static_cast<unsigned char>(bits));
  }
  if (digits % 4 != 0 || padding > 2) return std::nullopt;
  return out.substr(0, out.size() - padding);
}

}  // namespace composelint::compose
