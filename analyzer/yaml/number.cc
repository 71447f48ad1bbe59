#include "analyzer/yaml/number.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>

namespace composelint::yaml {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_sign(char c) {
  return c == '+' || c == '-';
}

std::string without_underscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

struct Based {
  int base = 10;
  std::string_view digits;
};

// `text` has no sign. A leading 0 alone means octal.
Based split_base(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return {10, text};
  switch (text[1]) {
    case 'x':
    case 'X': return {16, text.substr(2)};
    case 'b':
    case 'B': return {2, text.substr(2)};
    case 'o':
    case 'O': return {8, text.substr(2)};
    default: return {8, text.substr(1)};
  }
}

std::optional<Integer> make_integer(const Based& number, bool negative, bool signed_text) {
  std::uint64_t magnitude = 0;
  const char* const end = number.digits.data() + number.digits.size();
  const auto read = std::from_chars(number.digits.data(), end, magnitude, number.base);
  if (read.ec != std::errc() || read.ptr != end || number.digits.empty()) return std::nullopt;
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (magnitude <= kMax) {
    const auto value = static_cast<std::int64_t>(magnitude);
    return Integer{true, negative ? -value : value, 0};
  }
  if (negative && magnitude == kMax + 1) {
    return Integer{true, std::numeric_limits<std::int64_t>::min(), 0};
  }
  if (signed_text) return std::nullopt;
  return Integer{false, 0, magnitude};
}

bool is_exponent(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (!text.empty() && is_sign(text.front())) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool is_float_shape(std::string_view text) {
  if (!text.empty() && is_sign(text.front())) text.remove_prefix(1);
  const auto take_digits = [&text] {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count;
  };
  std::size_t digits = take_digits();
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    digits += take_digits();
  }
  return digits > 0 && is_exponent(text);
}

// Underscores in a number that starts with '.' have to stand between digits.
bool has_stray_underscore(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') continue;
    if (i == 0 || i + 1 == text.size()) return true;
    if (!is_digit(text[i - 1]) || !is_digit(text[i + 1])) return true;
  }
  return false;
}

}  // namespace

std::optional<Integer> parse_integer(std::string_view text) {
  if (text.empty() || text.front() == '.') return std::nullopt;
  const std::string plain = without_underscores(text);
  std::string_view rest = plain;
  const bool is_signed = !rest.empty() && is_sign(rest.front());
  bool negative = is_signed && rest.front() == '-';
  if (is_signed) rest.remove_prefix(1);
  Based number = split_base(rest);
  // A sign behind 0b and 0o is read too, where none stands in front.
  const bool inner_sign = !is_signed && !number.digits.empty() && is_sign(number.digits.front()) &&
                          (rest.starts_with("0b") || rest.starts_with("0o"));
  if (inner_sign) {
    negative = number.digits.front() == '-';
    number.digits.remove_prefix(1);
  }
  return make_integer(number, negative, is_signed || inner_sign);
}

std::optional<double> parse_float(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '.' && has_stray_underscore(text)) return std::nullopt;
  const std::string plain = without_underscores(text);
  if (!is_float_shape(plain)) return std::nullopt;
  const char* const begin = plain.data() + (plain.front() == '+' ? 1 : 0);
  const char* const end = plain.data() + plain.size();
  double number = 0;
  const auto read = std::from_chars(begin, end, number);
  if (read.ec != std::errc::result_out_of_range) return number;
  // Too small is zero; too large is no number.
  const std::size_t exponent = plain.find_first_of("eE");
  const bool small = exponent != std::string::npos && plain[exponent + 1] == '-';
  if (!small) return std::nullopt;
  return plain.front() == '-' ? -0.0 : 0.0;
}

}  // namespace composelint::yaml
