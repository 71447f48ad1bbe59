#include "guard/process_identity.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <string_view>
#include <vector>

#include "guard/run_variable.h"

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

// What stands in /proc/PID/stat behind the name, which is in parentheses and may hold some, and
// blanks: the third field is the first of it. Empty: there is no such process.
std::string stat_of(std::int64_t pid) {
  if (pid <= 0) return {};
  const std::string stat = first_bytes("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name_end = stat.rfind(')');
  return name_end == std::string::npos || name_end + 2 >= stat.size() ? std::string()
                                                                      : stat.substr(name_end + 2);
}

// `number` as in proc(5): 3 is the first of `stat`.
std::int64_t field(const std::string& stat, int number) {
  std::size_t at = 0;
  for (int each = 3; each < number; ++each) {
    at = stat.find(' ', at);
    if (at == std::string::npos) return 0;
    ++at;
  }
  std::int64_t value = 0;
  std::from_chars(stat.data() + at, stat.data() + stat.size(), value);
  return value;
}

}  // namespace

std::string boot_id() {
  std::string id = first_bytes("/proc/sys/kernel/random/boot_id");
  while (!id.empty() && id.back() == '\n') id.pop_back();
  return id;
}

std::int64_t began(std::int64_t pid) {
  const std::string stat = stat_of(pid);
  // A zombie is over; whoever started it has only not looked yet.
  if (stat.empty() || stat[0] == 'Z' || stat[0] == 'X') return 0;
  constexpr int kStartTime = 22;
  return field(stat, kStartTime);
}

bool descends_from(std::int64_t pid) {
  constexpr int kParent = 4;
  constexpr int kMost = 10'000;  // pids may be used again while this walks
  std::int64_t each = ::getpid();
  for (int steps = 0; each > 0 && steps < kMost; ++steps) {
    if (each == pid) return true;
    each = field(stat_of(each), kParent);
  }
  return false;
}

std::int64_t process_with_argument(std::string_view word) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir("/proc"), ::closedir);
  if (!directory) return 0;
  const std::string wanted = std::string(word) + '\0';
  std::string arguments;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    std::int64_t pid = 0;
    std::from_chars(name.data(), name.data() + name.size(), pid);
    if (pid <= 0 || pid == ::getpid()) continue;
    std::ifstream file("/proc/" + std::string(name) + "/cmdline", std::ios::binary);
    arguments.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    const std::size_t at = arguments.find(wanted);
    if (at != std::string::npos && at > 0 && arguments[at - 1] == '\0') return pid;
  }
  return 0;
}

std::int64_t process_of_run(std::string_view id, std::string_view word) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir("/proc"), ::closedir);
  if (!directory || id.empty()) return 0;
  const std::string variable = std::string(kRunVariable) + "=";
  const std::string wanted = '\0' + std::string(word) + '\0';
  const auto all_of = [](const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  };
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string name = entry->d_name;
    std::int64_t pid = 0;
    std::from_chars(name.data(), name.data() + name.size(), pid);
    if (pid <= 0 || pid == ::getpid()) continue;
    const std::string environment = '\0' + all_of("/proc/" + name + "/environ");
    const std::size_t at = environment.find('\0' + variable);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + 1 + variable.size();
    const std::vector<std::string> runs =
        runs_in(std::string_view(environment).substr(begin, environment.find('\0', begin) - begin));
    if (std::find(runs.begin(), runs.end(), id) == runs.end()) continue;
    if (all_of("/proc/" + name + "/cmdline").find(wanted) != std::string::npos) return pid;
  }
  return 0;
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
