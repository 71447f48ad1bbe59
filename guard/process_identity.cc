#include "guard/process_identity.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <memory>
#include <string_view>
#include <vector>

#include "guard/run_variable.h"

namespace composelint::guard {

namespace {

// A process may end between the two: what cannot be read any more is empty. Streams would throw.
std::string bytes_of(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  std::string out;
  std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(fd);
  return out;
}

// The first process but this one that `is_it` takes, given its directory in /proc; 0: none.
template <typename Predicate>
std::int64_t find_process(const Predicate& is_it) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir("/proc"), ::closedir);
  if (!directory) return 0;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string name = entry->d_name;
    std::int64_t pid = 0;
    std::from_chars(name.data(), name.data() + name.size(), pid);
    if (pid > 0 && pid != ::getpid() && is_it("/proc/" + name)) return pid;
  }
  return 0;
}

// What stands in /proc/PID/stat behind the name, which is in parentheses and may hold some, and
// blanks: the third field is the first of it. Empty: there is no such process.
std::string stat_of(std::int64_t pid) {
  if (pid <= 0) return {};
  const std::string stat = bytes_of("/proc/" + std::to_string(pid) + "/stat");
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
  std::string id = bytes_of("/proc/sys/kernel/random/boot_id");
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
  const std::string wanted = '\0' + std::string(word) + '\0';
  return find_process([&](const std::string& directory) {
    return bytes_of(directory + "/cmdline").find(wanted) != std::string::npos;
  });
}

std::int64_t process_of_run(std::string_view id, std::string_view word) {
  if (id.empty()) return 0;
  const std::string variable = '\0' + std::string(kRunVariable) + "=";
  const std::string wanted = '\0' + std::string(word) + '\0';
  return find_process([&](const std::string& directory) {
    const std::string environment = '\0' + bytes_of(directory + "/environ");
    const std::size_t at = environment.find(variable);
    if (at == std::string::npos) return false;
    const std::size_t begin = at + variable.size();
    const std::vector<std::string> runs =
        runs_in(std::string_view(environment).substr(begin, environment.find('\0', begin) - begin));
    return std::find(runs.begin(), runs.end(), id) != runs.end() &&
           bytes_of(directory + "/cmdline").find(wanted) != std::string::npos;
  });
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
