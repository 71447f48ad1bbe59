#include "guard/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "guard/state_directory.h"

namespace composelint::guard {

namespace {

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of_file(const std::string& path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

// What a rename would replace: the file behind a link, and not the link.
std::string behind_links(const std::string& path) {
  struct stat link {};
  if (lstat(path.c_str(), &link) != 0 || !S_ISLNK(link.st_mode)) return path;
  char* const resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string out(resolved);
  free(resolved);
  return out;
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path, const std::string& run_id) {
  if (path.empty()) return Failure{FailureCode::kUsage, "the output file has no name", {}};
  const std::string target = behind_links(path);
  struct stat old {};
  const bool there = stat(target.c_str(), &old) == 0;
  if (there && !S_ISREG(old.st_mode)) {
    return Failure{FailureCode::kUnreadable, path + " is no regular file", {}};
  }
  struct stat link {};
  if (!there && lstat(target.c_str(), &link) == 0) {
    return Failure{FailureCode::kUnreadable, path + " is a link that leads nowhere", {}};
  }
  std::string temporary = directory_of(target);
  temporary += "/." + name_of_file(target) + "." + run_id + ".part";
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                there ? old.st_mode & 07777 : 0666);
  if (descriptor < 0) return errno_failure("cannot write beside " + path, errno);
  // The mask of the process may have taken bits that the old file has.
  if (there && fchmod(descriptor, old.st_mode & 07777) != 0) {
    const Failure failure = errno_failure("cannot give " + temporary + " its mode", errno);
    ::close(descriptor);
    ::unlink(temporary.c_str());
    return failure;
  }
  return OutputFile(target, std::move(temporary), descriptor);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this == &other) return *this;
  if (descriptor_ >= 0) ::close(descriptor_);
  path_ = std::move(other.path_);
  temporary_ = std::exchange(other.temporary_, {});
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

MaybeFailure OutputFile::keep() {
  if (fsync(descriptor_) != 0) return errno_failure("cannot write " + temporary_, errno);
  // A late error of the disk shows when the file is closed.
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) return errno_failure("cannot write " + temporary_, errno);
  if (rename(temporary_.c_str(), path_.c_str()) != 0) {
    return errno_failure("cannot put " + temporary_ + " in the place of " + path_, errno);
  }
  temporary_.clear();
  sync_directory_of(path_);
  return std::nullopt;
}

void OutputFile::drop() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  temporary_.clear();
}

}  // namespace composelint::guard
