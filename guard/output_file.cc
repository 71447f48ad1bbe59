#include "guard/output_file.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "analyzer/text/path.h"
#include "guard/descriptor.h"

namespace composelint::guard {

namespace {

Failure failure(const std::string& what, int error) {
  return {FailureCode::kUnreadable, what + ": " + std::strerror(error), {}};
}

// What the name stands for at last, also where nothing is there yet: a link stays one.
Result<std::string> behind_links(std::string path) {
  constexpr int kMost = 40;  // as the kernel
  for (int i = 0; i < kMost; ++i) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return path;
    std::array<char, PATH_MAX> target{};
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    if (size < 0) return failure("cannot write " + path, errno);
    if (static_cast<std::size_t>(size) == target.size()) {
      return failure("cannot write " + path, ENAMETOOLONG);
    }
    const std::string to(target.data(), static_cast<std::size_t>(size));
    path = to.starts_with('/') ? to : text::directory_of(path) + "/" + to;
  }
  return failure("cannot write " + path, ELOOP);
}

// Beside it, so that a rename does not cross file systems; and hidden, so that no pattern for
// backups takes it for one.
std::string temporary_for(const std::string& path, const std::string& run_id) {
  const std::string end = "." + run_id + ".part";
  std::string name(text::name_of(path));
  name.resize(std::min<std::size_t>(name.size(), NAME_MAX - 1 - end.size()));
  return text::directory_of(path) + "/." + name + end;
}

mode_t mode_of_new_files() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return static_cast<mode_t>(0666U & ~mask);
}

// Those of the file whose place it takes.
bool take_over(int descriptor, const std::string& path) {
  struct stat old {};
  if (::stat(path.c_str(), &old) != 0) return ::fchmod(descriptor, mode_of_new_files()) == 0;
  struct stat now {};
  if (::fstat(descriptor, &now) != 0) return false;
  const bool other = now.st_uid != old.st_uid || now.st_gid != old.st_gid;
  // Nobody but root may give files away. What stays is the writer's own, as with any new file.
  if (other) static_cast<void>(!::fchown(descriptor, old.st_uid, old.st_gid));
  return ::fchmod(descriptor, old.st_mode & 0777U) == 0;
}

// The new name is on the disk only once its directory is. Some file systems cannot, and need not.
bool sync_directory(const std::string& directory) {
  const Descriptor folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.open()) return errno == EACCES;
  return ::fsync(folder.get()) == 0 || errno == EINVAL || errno == ENOTSUP;
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path, const std::string& run_id) {
  if (path.empty()) return Failure{FailureCode::kUsage, "the output file has no name", {}};
  auto real = behind_links(path);
  if (!real) return real.failure();
  struct stat old {};
  if (::stat(real->c_str(), &old) == 0) {
    if (!S_ISREG(old.st_mode)) {
      return Failure{FailureCode::kUsage, "cannot write " + path + ": it is no regular file", {}};
    }
    // The directory may allow what the file itself does not.
    if (::access(real->c_str(), W_OK) != 0) return failure("cannot write " + path, errno);
  } else if (errno != ENOENT) {
    return failure("cannot write " + path, errno);
  }
  if (real->ends_with('/')) return failure("cannot write " + path, EISDIR);
  std::string temporary = temporary_for(*real, run_id);
  // Nobody else reads what is not whole yet.
  Descriptor file = above_standard(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.open()) return failure("cannot write beside " + path, errno);
  return OutputFile(std::move(*real), std::move(temporary), file.release());
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    path_ = std::move(other.path_);
    temporary_ = std::exchange(other.temporary_, {});
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

MaybeFailure OutputFile::keep() {
  const std::string what = "cannot put the output in its place at " + path_;
  if (descriptor_ < 0) return failure(what, EBADF);
  if (!take_over(descriptor_, path_)) return failure(what, errno);
  if (::fsync(descriptor_) != 0) return failure(what, errno);
  // Some file systems tell only now that there was no room.
  if (::close(std::exchange(descriptor_, -1)) != 0) return failure(what, errno);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failure(what, errno);
  temporary_.clear();
  if (!sync_directory(text::directory_of(path_))) {
    return failure("the output is at " + path_ + ", and may not outlive a crash of the machine",
                   errno);
  }
  return std::nullopt;
}

void OutputFile::drop() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  temporary_.clear();
}

}  // namespace composelint::guard
