#include "guard/progress.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint::guard {

namespace {

constexpr std::chrono::milliseconds kStep{1000};
constexpr std::chrono::milliseconds kNever{3'600'000};

}  // namespace

std::string size_text(long long bytes) {
  constexpr std::array<std::string_view, 4> kUnits = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  double size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (size >= 999.95 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

Progress::Progress(int descriptor, Surroundings& around)
    : descriptor_(around.terminal().err ? descriptor : -1),
      around_(around),
      began_(around.uptime()),
      due_(began_ + kStep) {}

std::chrono::milliseconds Progress::until_next() const {
  if (descriptor_ < 0) return kNever;
  return std::max(due_ - around_.uptime(), std::chrono::milliseconds(0));
}

void Progress::show() {
  const std::chrono::milliseconds now = around_.uptime();
  if (descriptor_ < 0 || now < due_) return;
  due_ = now + kStep;
  struct stat file {};
  if (::fstat(descriptor_, &file) != 0) return;
  around_.say(fmt::format("\r\x1b[Kcomposelint: {} in {} s", size_text(file.st_size),
                          (now - began_).count() / 1000));
  shown_ = true;
}

void Progress::clear() {
  if (shown_) around_.say("\r\x1b[K");
  shown_ = false;
}

}  // namespace composelint::guard
