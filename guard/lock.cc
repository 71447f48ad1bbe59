#include "guard/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "guard/endpoint.h"
#include "guard/journal_json.h"
#include "guard/pipe_sink.h"
#include "guard/process_identity.h"
#include "guard/state_directory.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kReadablePart = 40;
constexpr std::size_t kLongestCommand = 1000;
constexpr std::size_t kLongestWords = 8192;
constexpr int kTries = 10;
constexpr useconds_t kMomentMicroseconds = 5'000;

std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325U) {
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash;
}

bool try_lock(int descriptor, int how) {
  int result = 0;
  do {
    result = ::flock(descriptor, how | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

// What the holder has written. A killed one before it may have left its words, and the holder of
// now not yet have put its own there: words of a process that is no more are nobody's.
LockHolder read_words(int descriptor) {
  std::array<char, kLongestWords> buffer{};
  const ssize_t got = ::pread(descriptor, buffer.data(), buffer.size(), 0);
  if (got <= 0) return {};
  std::string_view words(buffer.data(), static_cast<std::size_t>(got));
  words = words.substr(0, words.find('\n'));
  const std::optional<SignedHolder> signed_by = read_holder(words);
  if (!signed_by) return {};
  const bool here = signed_by->holder.host == host_name();
  if (here && !still_runs(signed_by->holder.pid, signed_by->boot, signed_by->ticks)) return {};
  return signed_by->holder;
}

// That others cannot read who it is makes the lock no weaker.
void write_words(int descriptor, const LockHolder& me) {
  SignedHolder words{me, boot_id(), 0};
  if (words.holder.pid == 0) words.holder.pid = ::getpid();
  if (words.holder.host.empty()) words.holder.host = host_name();
  words.holder.command.resize(std::min(words.holder.command.size(), kLongestCommand));
  words.ticks = began(words.holder.pid);
  const std::string line = holder_line(words);
  if (::ftruncate(descriptor, 0) != 0) return;
  static_cast<void>(::pwrite(descriptor, line.data(), line.size(), 0) == 0);
}

Result<int> open_lock(const std::string& directory, const std::string& engine,
                      const std::string& project) {
  if (MaybeFailure failure = make_private_directory(directory)) return *failure;
  return open_private_file(directory + "/" + ProjectLock::file_name(engine, project), 0);
}

}  // namespace

bool steps_of_one_script(const LockHolder& me, const LockHolder& other) {
  return !me.session.empty() && other.session == me.session && other.host == host_name();
}

std::string ProjectLock::file_name(const std::string& engine, const std::string& project) {
  std::string name;
  for (const char c : project.substr(0, kReadablePart)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    name += plain ? c : '_';
  }
  std::uint64_t hash =
      fnv1a(project, fnv1a(std::string_view("\0", 1), fnv1a(plain_endpoint(engine))));
  std::string digits(16, '0');
  for (std::size_t at = digits.size(); at-- > 0; hash >>= 4U) {
    digits[at] = "0123456789abcdef"[hash & 15U];
  }
  return name + "-" + digits + ".lock";
}

ProjectLock::ProjectLock(ProjectLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), own_(other.own_) {}

ProjectLock& ProjectLock::operator=(ProjectLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(own_, other.own_);
  return *this;
}

ProjectLock::~ProjectLock() {
  if (descriptor_ < 0) return;
  static_cast<void>(::ftruncate(descriptor_, 0) == 0);
  ::close(descriptor_);
}

Result<ProjectLock::Taken> ProjectLock::take(const std::string& directory,
                                             const std::string& engine, const std::string& project,
                                             const LockHolder& me,
                                             std::span<const std::string> within) {
  const Result<int> descriptor = open_lock(directory, engine, project);
  if (!descriptor) return descriptor.failure();
  // Whoever only looks for the holder has it, too, for a moment; and a holder that has just taken
  // it has not yet said who it is.
  for (int tries = 1; !try_lock(*descriptor, LOCK_EX); ++tries) {
    const int error = errno;
    LockHolder holder = read_words(*descriptor);
    if (error == EWOULDBLOCK && holder.pid == 0 && tries < kTries) {
      ::usleep(kMomentMicroseconds);
      continue;
    }
    ::close(*descriptor);
    // The id of its run is no secret: who has it has to come from the holder as well.
    const bool part = !holder.run.empty() &&
                      std::find(within.begin(), within.end(), holder.run) != within.end() &&
                      holder.host == host_name() && descends_from(holder.pid);
    if (error == EWOULDBLOCK && holder.follows && steps_of_one_script(me, holder)) {
      auto taken = take(directory, engine, project + " beside", me, within);
      if (auto* lock = taken ? std::get_if<ProjectLock>(&*taken) : nullptr) lock->own_ = false;
      return taken;
    }
    const bool beside = steps_of_one_script(me, holder) && in_one_pipeline_with(holder.pid);
    if (error == EWOULDBLOCK && (part || beside)) return Taken(ProjectLock(-1));
    if (error != EWOULDBLOCK) return errno_failure("cannot lock the project " + project, error);
    return Taken(std::move(holder));
  }
  write_words(*descriptor, me);
  return Taken(ProjectLock(*descriptor));
}

Result<std::optional<LockHolder>> ProjectLock::holder(const std::string& directory,
                                                      const std::string& engine,
                                                      const std::string& project) {
  const std::string path = directory + "/" + file_name(engine, project);
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return std::optional<LockHolder>();
  const Result<int> descriptor = open_private_file(path, 0);
  if (!descriptor) return descriptor.failure();
  std::optional<LockHolder> answer;
  // Shared, and for this moment: two that only look do not see each other.
  if (!try_lock(*descriptor, LOCK_SH)) {
    if (errno == EWOULDBLOCK) answer = read_words(*descriptor);
  }
  ::close(*descriptor);
  return answer;
}

}  // namespace composelint::guard
