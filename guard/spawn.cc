#include "guard/spawn.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <vector>

namespace composelint::guard {

namespace {

bool put(int from, int to) {
  return from < 0 || ::dup2(from, to) == to;
}

bool bound_memory(std::size_t bytes) {
  if (bytes == 0) return true;
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0) return false;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, bytes);
  return ::setrlimit(RLIMIT_DATA, &limit) == 0;
}

// In the child; gives only what exec or a step before it says of itself.
int become(const Spawn& what, const Signals& signals, char* const* argv, pid_t guard) {
  if (what.aside && ::setpgid(0, 0) != 0) return errno;
  if (what.ends_with_guard) {
    if (::prctl(PR_SET_PDEATHSIG, SIGTERM) != 0) return errno;
    if (::getppid() != guard) return ECANCELED;  // gone before it could be told
  }
  if (!what.command.directory.empty() && ::chdir(what.command.directory.c_str()) != 0) return errno;
  if (!put(what.in, STDIN_FILENO) || !put(what.out, STDOUT_FILENO) ||
      !put(what.err, STDERR_FILENO)) {
    return errno;
  }
  // Kernels before 5.11 leave them open, which does no harm that could be helped.
  if (what.aside) {
    static_cast<void>(::close_range(STDERR_FILENO + 1, UINT_MAX, CLOSE_RANGE_CLOEXEC));
  }
  if (!bound_memory(what.memory)) return errno;
  signals.restore_in_child();
  ::execvp(argv[0], argv);
  return errno;
}

}  // namespace

Spawned spawn(const Spawn& what, const Signals& signals) {
  if (what.command.argv.empty()) return {-1, EINVAL};
  std::vector<char*> argv;
  argv.reserve(what.command.argv.size() + 1);
  for (const std::string& word : what.command.argv) {
    argv.push_back(const_cast<char*>(word.c_str()));  // NOLINT: exec takes it so and writes nothing
  }
  argv.push_back(nullptr);

  Pipe report = make_pipe();
  if (!report.open()) return {-1, errno};
  const pid_t guard = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return {-1, errno};
  if (pid == 0) {
    const int error = become(what, signals, argv.data(), guard);
    static_cast<void>(!::write(report.write.get(), &error, sizeof error));
    ::_exit(127);
  }
  // Whichever of the two is first: a signal to the group finds it.
  if (what.aside) static_cast<void>(::setpgid(pid, pid));
  report.write.close();
  static_cast<void>(::fcntl(report.read.get(), F_SETFL, 0));  // this one read waits for the exec
  int error = 0;
  ssize_t got = 0;
  do {
    got = ::read(report.read.get(), &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(sizeof error)) return {pid, 0};
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return {-1, error};
}

Pipe make_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  Pipe pipe{above_standard(ends[0]), above_standard(ends[1])};
  if (pipe.read.open()) static_cast<void>(::fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK));
  return pipe;
}

Descriptor open_null() {
  return above_standard(::open("/dev/null", O_RDWR | O_CLOEXEC));
}

End end_of(int status) {
  if (WIFSIGNALED(status)) return {EndKind::kSignalled, WTERMSIG(status)};
  return {EndKind::kExited, WEXITSTATUS(status)};
}

}  // namespace composelint::guard
