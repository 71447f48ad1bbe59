#include "guard/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace composelint::guard {

namespace {

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void give_up(int report) {
  const int error = errno;
  const ssize_t told = write(report, &error, sizeof error);
  _exit(told == sizeof error ? 127 : 126);
}

// A descriptor that `dup2` cannot hit on its way to 0, 1 and 2.
int out_of_the_way(int descriptor) {
  return descriptor > 2 ? descriptor : fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}

[[noreturn]] void become(const SpawnRequest& request, char* const* argv, pid_t parent, int report) {
  if (request.own_group && setpgid(0, 0) != 0) give_up(report);
  if (request.ends_with_guard) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(126);  // it ended in between
  }
  const bool moves = request.in != 0 || request.out != 1 || request.err != 2;
  if (moves) {
    const int in = out_of_the_way(request.in);
    const int out = out_of_the_way(request.out);
    const int err = out_of_the_way(request.err);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) give_up(report);
  }
  if (request.memory > 0) {
    const rlimit limit{request.memory, request.memory};
    setrlimit(RLIMIT_AS, &limit);
  }
  const std::string& directory = request.command.directory;
  if (!directory.empty() && chdir(directory.c_str()) != 0) give_up(report);
  if (request.mask != nullptr) sigprocmask(SIG_SETMASK, request.mask, nullptr);
  execvp(argv[0], argv);
  give_up(report);
}

}  // namespace

void Descriptor::reset(int number) {
  if (number_ >= 0) close(number_);
  number_ = number;
}

Pipe make_pipe() {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Spawned spawn(const SpawnRequest& request) {
  if (request.command.argv.empty()) return {-1, ENOENT};
  std::vector<char*> argv;
  for (const std::string& word : request.command.argv) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  Pipe report = make_pipe();
  if (!report.read.open()) return {-1, errno};
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) return {-1, errno};
  if (pid == 0) become(request, argv.data(), parent, report.write.get());
  report.write.reset(-1);
  int error = 0;
  ssize_t told = 0;
  do {
    told = read(report.read.get(), &error, sizeof error);
  } while (told < 0 && errno == EINTR);
  if (told != sizeof error) return {pid, 0};
  static_cast<void>(ended(pid, true));
  return {-1, error};
}

std::optional<End> ended(pid_t pid, bool block) {
  int status = 0;
  pid_t got = 0;
  do {
    got = waitpid(pid, &status, block ? 0 : WNOHANG);
  } while (got < 0 && errno == EINTR);
  if (got != pid) return std::nullopt;
  if (WIFEXITED(status)) return End{EndKind::kExited, WEXITSTATUS(status)};
  return End{EndKind::kSignalled, WTERMSIG(status)};
}

bool drain(int descriptor, std::string& text, std::size_t limit, bool& cut) {
  char buffer[65536];
  while (true) {
    const ssize_t got = read(descriptor, buffer, sizeof buffer);
    if (got == 0) return false;
    if (got < 0) return errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK;
    const std::size_t room = limit > text.size() ? limit - text.size() : 0;
    const auto size = static_cast<std::size_t>(got);
    text.append(buffer, std::min(room, size));
    cut = cut || size > room;
  }
}

int End::shell_status() const {
  switch (kind) {
    case EndKind::kExited: return code;
    case EndKind::kSignalled: return 128 + code;
    case EndKind::kNotStarted: return code == ENOENT ? 127 : 126;
    case EndKind::kTimedOut: return 124;
  }
  return code;
}

}  // namespace composelint::guard
