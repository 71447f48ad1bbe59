#include "guard/time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

namespace composelint::guard {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::string formatted(std::int64_t nanoseconds, const char* format) {
  const std::time_t seconds = nanoseconds / kSecond;
  std::tm parts{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return "";
  char text[32] = {};
  const std::size_t size = std::strftime(text, sizeof text, format, &parts);
  return {text, size};
}

}  // namespace

std::string time_text(std::int64_t nanoseconds) {
  return formatted(nanoseconds, "%Y-%m-%dT%H:%M:%SZ");
}

std::int64_t time_of(std::string_view text) {
  std::tm parts{};
  const std::string all(text);
  const char* end = ::strptime(all.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (end == nullptr) return 0;
  std::string_view rest = text.substr(static_cast<std::size_t>(end - all.c_str()));
  std::int64_t nanoseconds = 0;
  if (rest.starts_with('.')) {
    const std::size_t after = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    std::string digits(rest.substr(1, after - 1));
    digits.resize(9, '0');
    std::from_chars(digits.data(), digits.data() + digits.size(), nanoseconds);
    rest.remove_prefix(after);
  }
  std::int64_t ahead = 0;
  if (rest != "Z") {
    // "+01:00"
    int hours = 0;
    int minutes = 0;
    if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return 0;
    if (std::from_chars(rest.data() + 1, rest.data() + 3, hours).ptr != rest.data() + 3) return 0;
    if (std::from_chars(rest.data() + 4, rest.data() + 6, minutes).ptr != rest.data() + 6) return 0;
    ahead = std::int64_t{60} * (hours * 60 + minutes) * (rest[0] == '-' ? -1 : 1);
  }
  return (static_cast<std::int64_t>(::timegm(&parts)) - ahead) * kSecond + nanoseconds;
}

std::string time_stamp(std::int64_t nanoseconds) {
  return formatted(nanoseconds, "%Y%m%d-%H%M%S");
}

std::string span_text(std::int64_t nanoseconds) {
  const std::int64_t seconds = nanoseconds / kSecond;
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 7200) return fmt::format("{} min", seconds / 60);
  if (seconds < 172'800) return fmt::format("{} h", seconds / 3600);
  return fmt::format("{} days", seconds / 86'400);
}

}  // namespace composelint::guard
