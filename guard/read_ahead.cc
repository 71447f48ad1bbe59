#include "guard/read_ahead.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <thread>

#include "guard/descriptor.h"

namespace composelint::guard {

namespace {

using Clock = std::chrono::steady_clock;

FedText of_file(int descriptor) {
  constexpr std::size_t kLongest = std::size_t{4} << 20U;
  FedText out;
  off_t at = ::lseek(descriptor, 0, SEEK_CUR);
  if (at < 0) return out;
  std::array<char, 65536> piece{};
  while (out.text.size() < kLongest) {
    const ssize_t got = ::pread(descriptor, piece.data(), piece.size(), at);
    if (got < 0 && errno == EINTR) continue;
    out.whole = got == 0;
    if (got <= 0) break;
    at += got;
    out.text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return out;
}

// Until the writer has ended or the pipe is full; true: it has ended.
bool wait_for_writer(int descriptor, int capacity) {
  constexpr std::chrono::milliseconds kMost{300};
  constexpr std::chrono::milliseconds kStep{5};
  for (const auto begin = Clock::now(); Clock::now() - begin < kMost;) {
    pollfd in{descriptor, POLLIN, 0};
    if (::poll(&in, 1, static_cast<int>(kStep.count())) < 0 && errno != EINTR) return false;
    if ((in.revents & POLLHUP) != 0) return true;
    int lies_there = 0;
    if (::ioctl(descriptor, FIONREAD, &lies_there) != 0) return false;
    // A writer waits for room for all of its next page.
    if (lies_there > capacity - 4096) return false;
    if (lies_there > 0) std::this_thread::sleep_for(kStep);
  }
  return false;
}

FedText of_pipe(int descriptor) {
  FedText out;
  const int capacity = ::fcntl(descriptor, F_GETPIPE_SZ);
  std::array<int, 2> ends{};
  if (capacity <= 0 || ::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return out;
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  if (::fcntl(to.get(), F_SETPIPE_SZ, capacity) < 0) return out;
  out.whole = wait_for_writer(descriptor, capacity);
  const ssize_t shared =
      ::tee(descriptor, to.get(), static_cast<std::size_t>(INT_MAX), SPLICE_F_NONBLOCK);
  to.close();
  if (shared < 0 && errno != EAGAIN) out.whole = false;
  std::array<char, 65536> piece{};
  for (ssize_t got = 0; shared > 0 && (got = ::read(from.get(), piece.data(), piece.size())) > 0;) {
    out.text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return out;
}

}  // namespace

FedText read_ahead(int descriptor) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return {};
  if (S_ISREG(facts.st_mode)) return of_file(descriptor);
  return S_ISFIFO(facts.st_mode) ? of_pipe(descriptor) : FedText{};
}

}  // namespace composelint::guard
