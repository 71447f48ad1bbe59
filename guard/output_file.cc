#include "guard/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "guard/state_directory.h"

namespace composelint::guard {

namespace {

// `path` with all symbolic links of its last name followed, also where they lead to nothing yet.
Result<std::string> place_of(const std::string& given) {
  std::error_code error;
  std::string path = std::filesystem::absolute(given, error).string();
  if (error) return errno_failure("cannot write " + given, error.value());
  constexpr int kMostLinks = 40;  // as the kernel has it
  for (int link = 0; link < kMostLinks; ++link) {
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
    if (length < 0) return path;  // no link; whatever else is wrong shows when it is opened
    std::string next(target.data(), static_cast<std::size_t>(length));
    if (!next.starts_with('/')) next = path.substr(0, path.rfind('/') + 1) + next;
    path = std::move(next);
  }
  return errno_failure("cannot write " + given, ELOOP);
}

// What is there may be replaced: nothing, or a regular file that we may write.
MaybeFailure may_be_replaced(const std::string& path, bool& there) {
  struct stat status {};
  there = ::lstat(path.c_str(), &status) == 0;
  if (!there) {
    if (errno == ENOENT) return std::nullopt;
    return errno_failure("cannot write " + path, errno);
  }
  if (S_ISDIR(status.st_mode)) {
    return Failure{FailureCode::kUnreadable, "cannot write " + path + ": it is a directory", {}};
  }
  if (!S_ISREG(status.st_mode)) {
    return Failure{
        FailureCode::kUnreadable, "cannot write " + path + ": it is no regular file", {}};
  }
  // Renaming asks the directory alone; whoever has made a backup read-only wants to keep it.
  if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) {
    return errno_failure("cannot write " + path, errno);
  }
  return std::nullopt;
}

std::string temporary_of(const std::string& path, const std::string& run_id) {
  const std::size_t name_at = path.rfind('/') + 1;
  const std::string end = "." + run_id + ".part";
  const std::size_t room = NAME_MAX - std::min<std::size_t>(end.size() + 1, NAME_MAX);
  return path.substr(0, name_at) + "." + path.substr(name_at).substr(0, room) + end;
}

// Owner and mode of the file that is replaced. Whose group cannot be given gets no more than
// everybody.
MaybeFailure take_over(int descriptor, const std::string& path) {
  struct stat old {};
  struct stat mine {};
  if (::lstat(path.c_str(), &old) != 0 || !S_ISREG(old.st_mode)) return std::nullopt;
  if (::fstat(descriptor, &mine) != 0) return errno_failure("cannot write " + path, errno);
  mode_t mode = old.st_mode & 0777U;
  const bool same = mine.st_uid == old.st_uid && mine.st_gid == old.st_gid;
  if (!same && ::fchown(descriptor, old.st_uid, old.st_gid) != 0 && mine.st_gid != old.st_gid &&
      ::fchown(descriptor, static_cast<uid_t>(-1), old.st_gid) != 0) {
    mode &= 0707U | ((mode & 0007U) << 3U);
  }
  if (::fchmod(descriptor, mode) != 0) return errno_failure("cannot write " + path, errno);
  return std::nullopt;
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path, const std::string& run_id) {
  if (path.empty() || path.ends_with('/')) {
    return Failure{FailureCode::kUsage, "'" + path + "' names no file to write", {}};
  }
  const Result<std::string> place = place_of(path);
  if (!place) return place.failure();
  bool there = false;
  if (MaybeFailure failure = may_be_replaced(*place, there)) return *failure;
  std::string temporary = temporary_of(*place, run_id);
  // Beside a file that others may not read, nobody may until it is known who may.
  const mode_t mode = there ? 0600 : 0666;
  const int descriptor =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (descriptor < 0) return errno_failure("cannot write beside " + *place, errno);
  return OutputFile(*place, std::move(temporary), descriptor);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(temporary_, other.temporary_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

MaybeFailure OutputFile::keep() {
  const std::string what = "cannot write " + path_;
  if (descriptor_ < 0) return Failure{FailureCode::kUsage, what + ": it is closed", {}};
  bool there = false;
  if (MaybeFailure failure = may_be_replaced(path_, there)) return failure;
  if (MaybeFailure failure = take_over(descriptor_, path_)) return failure;
  // Some file systems tell only here that there was no room.
  if (::fsync(descriptor_) != 0) return errno_failure(what, errno);
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) {
    return errno_failure(what, errno);
  }
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return errno_failure(what, errno);
  temporary_.clear();
  sync_directory_of(path_);
  return std::nullopt;
}

void OutputFile::drop() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (temporary_.empty()) return;
  ::unlink(temporary_.c_str());
  temporary_.clear();
}

}  // namespace composelint::guard
