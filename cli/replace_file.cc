#include "cli/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"

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

// The owner first: changing it takes the set-user-ID bits off.
bool take_over(int fd, const struct stat& old) {
  struct stat now {};
  if (::fstat(fd, &now) != 0) return false;
  const bool other = now.st_uid != old.st_uid || now.st_gid != old.st_gid;
  if (other && ::fchown(fd, old.st_uid, old.st_gid) != 0) return false;
  return ::fchmod(fd, old.st_mode & 07777U) == 0;
}

// The new name is on the disk only once its directory is.
void sync_directory(const std::string& directory) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

MaybeFailure replace_file(const std::string& path, std::string_view expected,
                          std::string_view text) {
  std::array<char, PATH_MAX> resolved{};
  if (::realpath(path.c_str(), resolved.data()) == nullptr) return failure("cannot write " + path);
  const std::string real = resolved.data();
  struct stat old {};
  if (::stat(real.c_str(), &old) != 0) return failure("cannot write " + path);
  // The directory may allow what the file itself does not.
  if (::access(real.c_str(), W_OK) != 0) return failure("cannot write " + path);
  std::string beside = text::directory_of(real) + "/.composelint-XXXXXX";
  const int fd = ::mkostemp(beside.data(), O_CLOEXEC);
  if (fd < 0) return failure("cannot write " + path);
  MaybeFailure why;
  if (!write_all(fd, text)) {
    why = failure("cannot write " + path);
  } else if (!take_over(fd, old)) {
    why = failure("cannot write " + path + " and keep its owner and mode");
  } else if (::fsync(fd) != 0) {
    why = failure("cannot write " + path);
  }
  if (::close(fd) != 0 && !why) why = failure("cannot write " + path);
  // As late as can be: what somebody else wrote meanwhile is not lost.
  const Result<std::string> now = text::DiskFileSystem().read(real);
  if (!why && (!now || *now != expected)) {
    why = Failure{FailureCode::kUnreadable,
                  path + " has changed since it was read, and is left as it is",
                  {}};
  }
  if (!why && ::rename(beside.c_str(), real.c_str()) != 0) why = failure("cannot write " + path);
  if (why) {
    ::unlink(beside.c_str());
    return why;
  }
  sync_directory(text::directory_of(real));
  return std::nullopt;
}

}  // namespace composelint::cli
