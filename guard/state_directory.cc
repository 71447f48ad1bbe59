#include "guard/state_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace composelint::guard {

namespace {

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// `fd`, which is closed where it is not handed on.
Result<int> unless_others_write(int fd, const std::string& path) {
  struct stat status {};
  const char* refusal = nullptr;
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    refusal = " is no regular file";
  } else if ((status.st_mode & 0022U) != 0) {
    refusal = " may be written by others, so nothing in it can be relied on; chmod 600 ends that";
  }
  if (refusal != nullptr) {
    ::close(fd);
    return Failure{FailureCode::kUnreadable, path + refusal, {}};
  }
  return fd;
}

}  // namespace

Failure errno_failure(const std::string& what, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return {full ? FailureCode::kLimit : FailureCode::kUnreadable,
          what + ": " + std::strerror(error),
          {}};
}

void sync_directory_of(const std::string& path) {
  const int fd = ::open(parent_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

MaybeFailure make_private_directory(const std::string& path) {
  if (path.empty()) return Failure{FailureCode::kNotFound, "no directory to keep state in", {}};
  // Each prefix that ends before a slash; those that are there answer at once.
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (!is_directory(part)) {
      if (::mkdir(part.c_str(), 0700) == 0) {
        sync_directory_of(part);
      } else if (errno != EEXIST || !is_directory(part)) {
        return errno_failure("cannot make the directory " + part, errno);
      }
    }
    if (end == std::string::npos) return std::nullopt;
  }
}

Result<int> open_private_file(const std::string& path, int flags) {
  const int common = flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  int fd = ::open(path.c_str(), common);
  if (fd < 0 && errno == ENOENT) {
    fd = ::open(path.c_str(), common | O_CREAT | O_EXCL, 0600);
    if (fd >= 0) {
      sync_directory_of(path);
    } else if (errno == EEXIST) {
      fd = ::open(path.c_str(), common);  // another process was faster
    }
  }
  if (fd < 0) return errno_failure("cannot open " + path, errno);
  return unless_others_write(fd, path);
}

Result<int> open_private_file_to_read(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return errno_failure("cannot open " + path, errno);
  return unless_others_write(fd, path);
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(descriptor, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

}  // namespace composelint::guard
