#include "analyzer/text/disk_file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>

namespace composelint::text {

namespace {

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::kRegular;
  if (S_ISDIR(mode)) return FileKind::kDirectory;
  return FileKind::kOther;
}

Failure failure_of(const std::string& path, int error) {
  const auto code =
      error == ENOENT || error == ENOTDIR ? FailureCode::kNotFound : FailureCode::kUnreadable;
  return {code, "cannot read " + path + ": " + std::strerror(error), {}};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

// Reads at most `limit` bytes. O_NONBLOCK keeps open() from waiting on a fifo's other end.
Result<std::string> read_up_to(const std::string& path, std::size_t limit, bool whole) {
  if (path == "/dev/null") return std::string();  // `--env-file /dev/null`
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return failure_of(path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return failure_of(path, errno);
  if (S_ISDIR(info.st_mode)) return failure_of(path, EISDIR);
  if (!S_ISREG(info.st_mode)) {
    return Failure{FailureCode::kUnreadable, "cannot read " + path + ": not a regular file", {}};
  }
  const auto size = static_cast<std::size_t>(info.st_size);
  if (whole && size > limit) {
    return Failure{FailureCode::kLimit,
                   "cannot read " + path + ": " + std::to_string(size) +
                       " bytes, more than the limit of " + std::to_string(limit),
                   {}};
  }
  std::string bytes(std::min(size, limit), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure_of(path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

FileKind entry_kind(int directory, const dirent& entry, bool* executable) {
  struct stat info {};
  if (entry.d_type == DT_DIR) return FileKind::kDirectory;
  if (::fstatat(directory, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) return FileKind::kOther;
  *executable = S_ISREG(info.st_mode) && (info.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
  return kind_of(info.st_mode);
}

}  // namespace

FileKind DiskFileSystem::kind(const std::string& path) const {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? kind_of(info.st_mode) : FileKind::kNone;
}

Result<std::string> DiskFileSystem::read(const std::string& path) const {
  return read_up_to(path, kMaxFileSize, true);
}

Result<std::string> DiskFileSystem::read_head(const std::string& path, std::size_t limit) const {
  return read_up_to(path, limit, false);
}

Result<std::optional<std::string>> DiskFileSystem::link_target(const std::string& path) const {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0 || !S_ISLNK(info.st_mode)) {
    return std::optional<std::string>();
  }
  const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr),
                                                           &std::free);
  if (target == nullptr) return failure_of(path, errno);
  return std::optional<std::string>(target.get());
}

Result<std::vector<DirectoryEntry>> DiskFileSystem::list(const std::string& path) const {
  DIR* const directory = ::opendir(path.empty() ? "." : path.c_str());
  if (directory == nullptr) return failure_of(path, errno);
  std::vector<DirectoryEntry> entries;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    DirectoryEntry found{std::string(name), FileKind::kNone, false};
    found.kind = entry_kind(::dirfd(directory), *entry, &found.executable);
    entries.push_back(std::move(found));
  }
  ::closedir(directory);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

}  // namespace composelint::text
