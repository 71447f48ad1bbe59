#include "guard/time_text.h"

#include <fmt/format.h>

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
