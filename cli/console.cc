#include "cli/console.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <system_error>

#include "analyzer/report/display.h"
#include "analyzer/text/disk_file_system.h"

namespace composelint::cli {

namespace {

Failure failure(const std::string& what) {
  return {FailureCode::kUnreadable, what + ": " + std::strerror(errno), {}};
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(fd, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

// A device or pipe can only be written to, not replaced.
MaybeFailure write_through(const std::string& path, std::string_view text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return failure("cannot write " + path);
  const bool wrote = write_all(fd, text);
  if (::close(fd) != 0 || !wrote) return failure("cannot write " + path);
  return std::nullopt;
}

MaybeFailure replace(const std::string& path, std::string_view text, const struct stat* old) {
  const std::string beside = path + ".new-" + std::to_string(::getpid());
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return failure("cannot write " + path);
  bool good = write_all(fd, text);
  if (good && old != nullptr) good = ::fchmod(fd, old->st_mode & 07777U) == 0;
  good = ::close(fd) == 0 && good;
  good = good && ::rename(beside.c_str(), path.c_str()) == 0;
  if (good) return std::nullopt;
  const Failure why = failure("cannot write " + path);
  ::unlink(beside.c_str());
  return why;
}

MaybeFailure write_file(const std::string& path, std::string_view text) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return replace(path, text, nullptr);
  if (!S_ISREG(info.st_mode)) return write_through(path, text);
  // Through a link it is the file that is replaced, not the link.
  std::array<char, PATH_MAX> real{};
  if (::realpath(path.c_str(), real.data()) == nullptr) return failure("cannot write " + path);
  return replace(real.data(), text, &info);
}

}  // namespace

ExitCode show(const Answer& answer) {
  if (answer.code != ExitCode::kClean) {
    write_all(STDERR_FILENO, answer.text);
  } else if (const auto trouble = write_output(std::nullopt, answer.text)) {
    return complain(trouble->message);
  }
  return answer.code;
}

ExitCode complain(std::string_view message) {
  write_all(STDERR_FILENO, "composelint: " + report::printable(message) + "\n");
  return ExitCode::kTrouble;
}

void say(std::string_view lines) {
  write_all(STDERR_FILENO, lines);
}

Result<std::string> read_standard_input() {
  std::string text;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("cannot read standard input");
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > text::DiskFileSystem::kMaxFileSize) {
      return Failure{FailureCode::kLimit, "standard input is larger than any script", {}};
    }
  }
}

Result<std::string> working_directory() {
  std::array<char, PATH_MAX> path{};
  if (::getcwd(path.data(), path.size()) == nullptr) {
    return failure("cannot tell the working directory");
  }
  return std::string(path.data());
}

std::string today() {
  std::time_t now = std::time(nullptr);
  const char* const given = std::getenv("SOURCE_DATE_EPOCH");
  const std::string_view digits = given == nullptr ? std::string_view() : given;
  std::time_t asked = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), asked);
  const bool fixed = !digits.empty() && read.ec == std::errc() && *read.ptr == '\0';
  if (fixed) now = asked;
  std::tm parts{};
  if ((fixed ? ::gmtime_r(&now, &parts) : ::localtime_r(&now, &parts)) == nullptr) return {};
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

MaybeFailure write_output(const std::optional<std::string>& path, std::string_view text) {
  if (path && *path != "-") return write_file(*path, text);
  if (!write_all(STDOUT_FILENO, text)) return failure("cannot write to standard output");
  return std::nullopt;
}

bool wants_colour(Colour colour, bool to_file) {
  if (colour != Colour::kAuto) return colour == Colour::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool dumb = term == nullptr || std::strcmp(term, "dumb") == 0;
  return !to_file && !refused && !dumb && ::isatty(STDOUT_FILENO) == 1;
}

}  // namespace composelint::cli
