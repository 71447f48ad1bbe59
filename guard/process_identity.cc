#include "guard/process_identity.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>

namespace composelint::guard {

namespace {

std::string first_bytes(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  std::array<char, 1024> buffer{};
  ssize_t got = 0;
  do {
    got = ::read(fd, buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  ::close(fd);
  return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

}  // namespace

std::string boot_id() {
  std::string id = first_bytes("/proc/sys/kernel/random/boot_id");
  while (!id.empty() && id.back() == '\n') id.pop_back();
  return id;
}

std::int64_t began(std::int64_t pid) {
  if (pid <= 0) return 0;
  const std::string stat = first_bytes("/proc/" + std::to_string(pid) + "/stat");
  // The name of the program is in parentheses and may hold some, and blanks.
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return 0;
  constexpr int kFieldsBetween = 20;  // the start time is the 22nd, the name the second
  std::size_t at = name_end;
  for (int field = 0; field < kFieldsBetween; ++field) {
    at = stat.find(' ', at);
    if (at == std::string::npos) return 0;
    ++at;
  }
  std::int64_t ticks = 0;
  std::from_chars(stat.data() + at, stat.data() + stat.size(), ticks);
  // A zombie is over; whoever started it has only not looked yet.
  const std::size_t state = name_end + 2;
  if (state < stat.size() && (stat[state] == 'Z' || stat[state] == 'X')) return 0;
  return ticks;
}

bool still_runs(std::int64_t pid, const std::string& boot, std::int64_t ticks) {
  if (!boot.empty() && boot != boot_id()) return false;
  const std::int64_t now = began(pid);
  return now != 0 && (ticks == 0 || ticks == now);
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

}  // namespace composelint::guard
