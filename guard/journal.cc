#include "guard/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "guard/journal_json.h"
#include "guard/state_directory.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kLongestEnd = std::size_t{16} << 10U;
// For the ends of as many runs as may be open at the same time, and what they pause.
constexpr std::size_t kReserve = 64 * kLongestEnd;

// The whole file while a line is put to it, or its size is looked at.
class FileLock {
 public:
  FileLock(int descriptor, int how) : descriptor_(descriptor) {
    int result = 0;
    do {
      result = ::flock(descriptor, how);
    } while (result != 0 && errno == EINTR);
    held_ = result == 0;
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock() {
    if (held_) ::flock(descriptor_, LOCK_UN);
  }
  [[nodiscard]] bool held() const { return held_; }

 private:
  int descriptor_;
  bool held_ = false;
};

// Sees to it that `size` bytes from `from` on can be written later. 0, or the errno.
int make_room(int descriptor, off_t from, std::size_t size) {
  // Writing beyond this limit would end the process by a signal.
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
      static_cast<rlim_t>(from) + size > limit.rlim_cur) {
    return EFBIG;
  }
  int result = 0;
  do {
    result = ::fallocate(descriptor, FALLOC_FL_KEEP_SIZE, from, static_cast<off_t>(size));
  } while (result != 0 && errno == EINTR);
  if (result == 0) return 0;
  if (errno != EOPNOTSUPP && errno != ENOSYS) return errno;
  // A file system that reserves nothing: the room is there now, at least.
  struct statvfs room {};
  if (::fstatvfs(descriptor, &room) != 0) return errno;
  return room.f_bavail * room.f_frsize >= size ? 0 : ENOSPC;
}

// Size of the file, and whether its last line was never ended; 0, or the errno.
int look_at_end(int descriptor, off_t& size, bool& torn) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return errno;
  if (status.st_nlink == 0) return ESTALE;  // somebody has removed it: nobody would find the line
  size = status.st_size;
  torn = false;
  if (size == 0) return 0;
  char last = '\n';
  ssize_t got = 0;
  do {
    got = ::pread(descriptor, &last, 1, size - 1);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return errno;
  torn = last != '\n';
  return 0;
}

}  // namespace

Result<std::string> new_run_id() {
  std::array<unsigned char, 8> random{};
  ssize_t got = 0;
  do {
    got = ::getrandom(random.data(), random.size(), 0);
  } while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(random.size())) return errno_failure("no random bytes", errno);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (const unsigned char byte : random) {
    id += kDigits[byte >> 4U];
    id += kDigits[byte & 15U];
  }
  return id;
}

Result<Journal> Journal::open(const std::string& directory) {
  if (MaybeFailure failure = make_private_directory(directory)) return *failure;
  std::string path = directory + "/journal.jsonl";
  const Result<int> descriptor = open_private_file(path, O_APPEND);
  if (!descriptor) return descriptor.failure();
  return Journal(std::move(path), *descriptor);
}

Result<Journal> Journal::open_to_read(const std::string& directory) {
  std::string path = directory + "/journal.jsonl";
  const Result<int> descriptor = open_private_file_to_read(path);
  if (!descriptor) return descriptor.failure();
  return Journal(std::move(path), *descriptor);
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

Journal& Journal::operator=(Journal&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

MaybeFailure Journal::append(const std::string& line, std::size_t reserve) {
  const std::string what = "cannot write the journal " + path_;
  const FileLock lock(descriptor_, LOCK_EX);
  if (!lock.held()) return errno_failure(what, errno);
  off_t size = 0;
  bool torn = false;
  if (const int error = look_at_end(descriptor_, size, torn)) return errno_failure(what, error);
  const std::string text = torn ? "\n" + line : line;
  if (const int error = make_room(descriptor_, size, text.size() + reserve)) {
    return errno_failure(what, error);
  }
  if (!write_all(descriptor_, text)) return errno_failure(what, errno);
  if (::fsync(descriptor_) != 0) return errno_failure(what, errno);
  return std::nullopt;
}

MaybeFailure Journal::begin(const JournalRun& run) {
  return append(begin_line(run), kReserve);
}

MaybeFailure Journal::paused(const std::string& id, const std::vector<std::string>& services) {
  return append(paused_line(id, services), 0);
}

MaybeFailure Journal::resumed(const std::string& id) {
  return append(resumed_line(id), 0);
}

MaybeFailure Journal::entered(const std::string& id, const std::string& container,
                              const std::vector<std::string>& processes) {
  return append(entered_line(id, container, processes), 0);
}

MaybeFailure Journal::end(const JournalRun& run) {
  const MaybeFailure failure = append(end_line(run, kLongestEnd), 0);
  if (!failure || failure->code != FailureCode::kLimit) return failure;
  JournalRun bare;
  bare.id = run.id;
  bare.ended = run.ended;
  bare.code = run.code;
  bare.verified = run.verified;
  bare.end = run.end;
  return append(end_line(bare, kLongestEnd), 0);
}

Result<Journal::Reading> Journal::read() const {
  return read_recent(std::string::npos);
}

Result<Journal::Reading> Journal::read_recent(std::size_t bytes) const {
  off_t size = 0;
  bool torn = false;
  {
    // Nobody is in the midst of a line.
    const FileLock lock(descriptor_, LOCK_SH);
    if (const int error = look_at_end(descriptor_, size, torn); error != 0 && error != ESTALE) {
      return errno_failure("cannot read the journal " + path_, error);
    }
  }
  const bool part = static_cast<std::size_t>(size) > bytes;
  const off_t from = part ? size - static_cast<off_t>(bytes) : 0;
  std::string text(static_cast<std::size_t>(size - from), '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t got = ::pread(descriptor_, text.data() + have, text.size() - have,
                                from + static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno_failure("cannot read the journal " + path_, errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  text.resize(have);
  std::string_view rest = text;
  // The cut may go through a line.
  if (part) rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
  JournalLines lines;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.take(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines.finish();
}

}  // namespace composelint::guard
