#include "guard/posix_surroundings.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "guard/pipe_sink.h"
#include "guard/read_ahead.h"

namespace composelint::guard {

namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;

timespec time_of(clockid_t clock) {
  timespec time{};
  static_cast<void>(::clock_gettime(clock, &time));
  return time;
}

// The user's entry, without the exit that a missing name service may be.
struct Account {
  std::string name;
  std::string home;
};

Account account() {
  std::array<char, 16384> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 ||
      found == nullptr) {
    return {};
  }
  return {found->pw_name, found->pw_dir};
}

void write_to(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// One line without its end; nothing when not a byte of it came.
std::optional<std::string> read_line(int descriptor) {
  constexpr std::size_t kLongest = 4096;
  std::string line;
  while (line.size() < kLongest) {
    char byte = 0;
    const ssize_t got = ::read(descriptor, &byte, 1);
    if (got < 0 && errno == EINTR) return std::nullopt;  // told to end: no answer
    if (got <= 0) return line.empty() ? std::nullopt : std::optional(line);
    if (byte == '\n') return line;
    line += byte;
  }
  return line;
}

}  // namespace

PosixSurroundings::PosixSurroundings() {
  ::sigprocmask(SIG_SETMASK, nullptr, &mask_);
  ::sigaction(SIGPIPE, nullptr, &pipe_);
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment_.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  // As a shell has it where that is right: the name of a link is the name of the project.
  std::array<char, PATH_MAX> buffer{};
  directory_ = ::getcwd(buffer.data(), buffer.size()) == nullptr ? "/" : buffer.data();
  const auto told = variable("PWD");
  struct stat here {};
  struct stat named {};
  if (told && told->starts_with('/') && told->find("/.") == std::string::npos &&
      ::stat(".", &here) == 0 && ::stat(told->c_str(), &named) == 0 &&
      here.st_dev == named.st_dev && here.st_ino == named.st_ino) {
    directory_ = *told;
  }
}

std::int64_t PosixSurroundings::now() const {
  const timespec time = time_of(CLOCK_REALTIME);
  return static_cast<std::int64_t>(time.tv_sec) * kNanoseconds + time.tv_nsec;
}

std::chrono::milliseconds PosixSurroundings::uptime() const {
  const timespec time = time_of(CLOCK_MONOTONIC);
  return std::chrono::milliseconds(static_cast<std::int64_t>(time.tv_sec) * 1000 +
                                   time.tv_nsec / 1'000'000);
}

std::optional<std::string> PosixSurroundings::variable(std::string_view name) const {
  for (const auto& [each, value] : environment_) {
    if (each == name) return value;
  }
  return std::nullopt;
}

std::string PosixSurroundings::home() const {
  const auto told = variable("HOME");
  return told && !told->empty() ? *told : account().home;
}

std::string PosixSurroundings::user() const {
  std::string name = account().name;
  return name.empty() ? std::to_string(::getuid()) : name;
}

bool PosixSurroundings::nobody_reads_output() const {
  pollfd out{STDOUT_FILENO, 0, 0};
  return ::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

Terminal PosixSurroundings::terminal() const {
  return {::isatty(0) == 1, ::isatty(1) == 1, ::isatty(2) == 1};
}

StreamFact PosixSurroundings::stream(int descriptor) const {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return {StreamIs::kClosed, ""};
  if (::isatty(descriptor) == 1) return {StreamIs::kTerminal, ""};
  if (S_ISCHR(facts.st_mode)) {
    const bool null = major(facts.st_rdev) == 1 && minor(facts.st_rdev) == 3;
    return {null ? StreamIs::kNull : StreamIs::kPipe, ""};
  }
  if (!S_ISREG(facts.st_mode)) return {StreamIs::kPipe, ""};
  std::array<char, PATH_MAX> name{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t size = ::readlink(link.c_str(), name.data(), name.size());
  std::string path = size > 0 ? std::string(name.data(), static_cast<std::size_t>(size)) : "";
  if (path.ends_with(" (deleted)")) path.clear();
  return {StreamIs::kFile, std::move(path)};
}

FedText PosixSurroundings::fed() const {
  return read_ahead(STDIN_FILENO);
}

std::string PosixSurroundings::sink_of_output() const {
  return sink_of_pipe(STDOUT_FILENO);
}

std::optional<std::string> PosixSurroundings::ask(std::string_view question) {
  // The command's own streams may be files; the person is at the terminal.
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) return std::nullopt;
  // What was typed before the question was there is no answer to it.
  static_cast<void>(::tcflush(terminal, TCIFLUSH));
  write_to(terminal, question);
  std::optional<std::string> answer = read_line(terminal);
  ::close(terminal);
  return answer;
}

void PosixSurroundings::say(std::string_view text) {
  write_to(2, text);
}

void PosixSurroundings::print(std::string_view text) {
  write_to(1, text);
}

int PosixSurroundings::replace_process(const std::vector<std::string>& argv) {
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  // The program begins as guard itself was begun.
  ::sigaction(SIGPIPE, &pipe_, nullptr);
  ::sigprocmask(SIG_SETMASK, &mask_, nullptr);
  ::execvp(words[0], words.data());
  return errno;
}

}  // namespace composelint::guard
