#include "guard/posix_processes.h"

#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "guard/capture.h"
#include "guard/spawn.h"
#include "guard/terminal_state.h"

namespace composelint::guard {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

class PosixChild final : public Child {
 public:
  PosixChild(pid_t pid, bool own_group, Descriptor out,
             std::shared_ptr<std::vector<pid_t>> abandoned)
      : pid_(pid), own_group_(own_group), out_(std::move(out)), abandoned_(std::move(abandoned)) {}
  PosixChild(const PosixChild&) = delete;
  PosixChild& operator=(const PosixChild&) = delete;
  ~PosixChild() override {
    look();
    if (!end_) abandoned_->push_back(pid_);
  }

  [[nodiscard]] int pid() const override { return pid_; }

  [[nodiscard]] std::optional<End> ended() override {
    look();
    told_ = end_.has_value();
    return end_;
  }

  [[nodiscard]] std::optional<std::string> line() override {
    read_some();
    const std::size_t size = line_size();
    if (size == 0) return std::nullopt;
    std::string line = buffer_.substr(0, size);
    buffer_.erase(0, size);
    if (line.back() == '\n') line.pop_back();
    return line;
  }

  void send(int signal) override {
    look();
    if (!end_) ::kill(own_group_ ? -pid_ : pid_, signal);
  }

  // Whether there is something that its owner has not been told.
  [[nodiscard]] bool has_news() {
    look();
    read_some();
    return (end_ && !told_) || line_size() > 0;
  }
  [[nodiscard]] int descriptor() const { return out_.get(); }

 private:
  void look() {
    if (end_) return;
    int status = 0;
    const pid_t reaped = ::waitpid(pid_, &status, WNOHANG);
    if (reaped == pid_) end_ = end_of(status);
    if (end_ && !own_group_ && end_->kind == EndKind::kSignalled) terminal_.restore();
    if (reaped < 0 && errno == ECHILD) end_ = End{EndKind::kNotStarted, ECHILD};
  }

  void read_some() {
    constexpr std::size_t kMost = std::size_t{4} << 20;
    std::array<char, 16384> bytes;
    while (out_.open() && buffer_.size() < kMost) {
      const ssize_t got = ::read(out_.get(), bytes.data(), bytes.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return;
      if (got <= 0) return out_.close();
      buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    }
  }

  // Of the next line with its end; 0: there is none yet.
  [[nodiscard]] std::size_t line_size() const {
    constexpr std::size_t kLongest = std::size_t{1} << 20;
    const std::size_t at = buffer_.find('\n');
    if (at != std::string::npos) return at + 1;
    return out_.open() && buffer_.size() < kLongest ? 0 : buffer_.size();
  }

  pid_t pid_;
  bool own_group_;
  Descriptor out_;
  std::shared_ptr<std::vector<pid_t>> abandoned_;
  std::string buffer_;
  std::optional<End> end_;
  bool told_ = false;
  TerminalState terminal_;  // as it was when the child was started
};

PosixChild& of(Child* child) {
  return *static_cast<PosixChild*>(child);
}

Failure not_started(const Command& command, int error) {
  const FailureCode code = error == ENOENT ? FailureCode::kNotFound : FailureCode::kUnreadable;
  const std::string name = command.argv.empty() ? "" : command.argv.front();
  return {code, name + ": " + std::strerror(error), {}};
}

}  // namespace

int End::shell_status() const {
  switch (kind) {
    case EndKind::kExited: return code;
    case EndKind::kSignalled: return 128 + code;
    case EndKind::kNotStarted: return code == ENOENT ? 127 : 126;
    case EndKind::kTimedOut: return 124;
  }
  return 126;
}

std::vector<Captured> PosixProcesses::capture(std::span<const Command> commands,
                                              const Bounds& bounds) {
  reap_abandoned();
  return capture_all(commands, bounds, signals_);
}

Result<std::unique_ptr<Child>> PosixProcesses::start(const Command& command,
                                                     const Streams& streams) {
  signals_.hold();
  reap_abandoned();
  Descriptor null;
  Pipe out;
  if (streams.in == ChildStream::kNull || streams.out == ChildStream::kNull ||
      streams.err == ChildStream::kNull) {
    null = open_null();
    if (!null.open()) return not_started(command, errno);
  }
  if (streams.out == ChildStream::kPipe) {
    out = make_pipe();
    if (!out.open()) return not_started(command, errno);
  }
  Spawn spawning{command};
  spawning.aside = streams.aside;
  spawning.ends_with_guard = streams.aside;
  if (streams.in == ChildStream::kNull) spawning.in = null.get();
  if (streams.in == ChildStream::kDescriptor) spawning.in = streams.in_descriptor;
  if (streams.out == ChildStream::kNull) spawning.out = null.get();
  if (streams.out == ChildStream::kPipe) spawning.out = out.write.get();
  if (streams.out == ChildStream::kDescriptor) spawning.out = streams.out_descriptor;
  if (streams.err == ChildStream::kNull) spawning.err = null.get();
  const Spawned spawned = spawn(spawning, signals_);
  if (spawned.error != 0) return not_started(command, spawned.error);
  return std::unique_ptr<Child>(
      std::make_unique<PosixChild>(spawned.pid, streams.aside, std::move(out.read), abandoned_));
}

int PosixProcesses::wait(std::span<Child* const> children, milliseconds time) {
  signals_.hold();
  const Clock::time_point deadline = Clock::now() + time;
  for (;;) {
    static_cast<void>(signals_.collect());
    if (signals_.any()) {
      const CameSignal came = signals_.take();
      whole_group_ = came.whole_group;
      return came.number;
    }
    std::vector<pollfd> watched{{signals_.descriptor(), POLLIN, 0},
                                {signals_.child_descriptor(), POLLIN, 0}};
    for (Child* child : children) {
      if (of(child).has_news()) return 0;
      if (of(child).descriptor() >= 0) watched.push_back({of(child).descriptor(), POLLIN, 0});
    }
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return 0;
    const int bounded = static_cast<int>(std::min<long long>(left, 3'600'000));
    if (::poll(watched.data(), watched.size(), bounded) > 0) signals_.drain_children();
    reap_abandoned();
  }
}

void PosixProcesses::reap_abandoned() {
  std::erase_if(*abandoned_, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}

}  // namespace composelint::guard
