#include "guard/unpacked.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

namespace composelint::guard {

namespace {

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> out;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    out.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return out;
}

}  // namespace

Unpacked::Unpacked(std::string_view program, int descriptor) {
  std::array<int, 2> ends{};
  if (::lseek(descriptor, 0, SEEK_SET) != 0 || ::pipe2(ends.data(), O_CLOEXEC) != 0) {
    error_ = errno;
    return;
  }
  std::vector<std::string> words = words_of(program);
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, descriptor, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  // What guard waits for and ignores is none of its business.
  sigset_t none;
  sigset_t usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&usual, signal);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  error_ = ::posix_spawnp(&pid_, argv.front(), &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  ::close(ends[1]);
  out_ = ends[0];
  if (error_ != 0) pid_ = -1;
}

Unpacked::~Unpacked() {
  if (out_ >= 0) ::close(out_);
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

ssize_t Unpacked::read(char* to, std::size_t size) {
  if (pid_ <= 0) return 0;
  ssize_t got = 0;
  do {
    got = ::read(out_, to, size);
  } while (got < 0 && errno == EINTR);
  return got;
}

Unpacked::End Unpacked::end() {
  if (error_ == ENOENT) return End::kNoProgram;
  if (pid_ <= 0) return End::kLost;
  int status = 0;
  pid_t ended = 0;
  do {
    ended = ::waitpid(pid_, &status, 0);
  } while (ended < 0 && errno == EINTR);
  pid_ = -1;
  if (ended < 0 || !WIFEXITED(status)) return End::kLost;
  constexpr int kNotFound = 127;
  if (WEXITSTATUS(status) == kNotFound) return End::kNoProgram;
  return WEXITSTATUS(status) == 0 ? End::kWhole : End::kRefused;
}

}  // namespace composelint::guard
