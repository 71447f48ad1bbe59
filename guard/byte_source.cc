#include "guard/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace composelint::guard {

std::int64_t ByteSource::skip(std::int64_t size) {
  std::array<char, 4096> nowhere{};
  std::int64_t done = 0;
  while (done < size) {
    const auto wanted = std::min<std::int64_t>(size - done, nowhere.size());
    const ssize_t got = read(nowhere.data(), static_cast<std::size_t>(wanted));
    if (got < 0) return -1;
    if (got == 0) break;
    done += got;
  }
  return done;
}

ssize_t FileSource::read(char* to, std::size_t size) {
  ssize_t got = 0;
  do {
    got = ::pread(descriptor_, to, size, at_);
  } while (got < 0 && errno == EINTR);
  if (got > 0) at_ += got;
  return got;
}

std::int64_t FileSource::skip(std::int64_t size) {
  const std::int64_t done = std::clamp<std::int64_t>(size_ - at_, 0, size);
  at_ += done;
  return done;
}

GzipSource::GzipSource(int descriptor) {
  const int own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return;
  if (::lseek(own, 0, SEEK_SET) == 0) file_ = ::gzdopen(own, "rb");
  if (file_ == nullptr) ::close(own);
}

GzipSource::~GzipSource() {
  if (file_ != nullptr) ::gzclose_r(file_);
}

ssize_t GzipSource::read(char* to, std::size_t size) {
  constexpr std::size_t kMost = std::size_t{1} << 20U;
  if (file_ == nullptr) {
    errno = ENOMEM;
    return -1;
  }
  const int got = ::gzread(file_, to, static_cast<unsigned>(std::min(size, kMost)));
  if (got < 0) errno = EIO;
  return got;
}

bool Bytes::fill() {
  const ssize_t got = source_.read(piece_.data(), piece_.size());
  if (got < 0) error_ = errno;
  from_ = 0;
  until_ = got > 0 ? static_cast<std::size_t>(got) : 0;
  return got > 0;
}

bool Bytes::get(unsigned char* to, std::size_t size) {
  while (size > 0) {
    if (from_ == until_ && !fill()) return false;
    const std::size_t part = std::min(size, until_ - from_);
    std::memcpy(to, piece_.data() + from_, part);
    from_ += part;
    position_ += static_cast<std::int64_t>(part);
    to += part;
    size -= part;
  }
  return true;
}

bool Bytes::skip(std::int64_t size) {
  const auto here = std::min<std::int64_t>(size, static_cast<std::int64_t>(until_ - from_));
  from_ += static_cast<std::size_t>(here);
  position_ += here;
  if (here == size) return true;
  const std::int64_t done = source_.skip(size - here);
  if (done < 0) error_ = errno;
  if (done > 0) position_ += done;
  return here + done == size;
}

bool Bytes::at_end() {
  return from_ == until_ && !fill() && error_ == 0;
}

}  // namespace composelint::guard
