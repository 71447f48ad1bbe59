#include "guard/posix_processes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <utility>

#include "guard/spawn.h"

namespace composelint::guard {

namespace {

class PosixChild final : public Child {
 public:
  PosixChild(pid_t pid, bool own_group, Descriptor out)
      : pid_(pid),
        own_group_(own_group),
        out_(std::move(out)),
        watch_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {}

  [[nodiscard]] int pid() const override { return pid_; }

  [[nodiscard]] std::optional<End> ended() override {
    if (!end_) end_ = guard::ended(pid_, false);
    return end_;
  }

  [[nodiscard]] std::optional<std::string> line() override {
    constexpr std::size_t kLongest = std::size_t{1} << 20;
    bool cut = false;
    if (out_.open() && !drain(out_.get(), text_, kLongest, cut)) out_.reset(-1);
    const std::size_t end = text_.find('\n');
    if (end == std::string::npos) {
      if (text_.size() >= kLongest) text_.clear();  // no line of ours
      return std::nullopt;
    }
    std::string line = text_.substr(0, end);
    text_.erase(0, end + 1);
    return line;
  }

  void send(int signal) override {
    if (!ended()) kill(own_group_ ? -pid_ : pid_, signal);
  }

  // Descriptors whose events are news of this child.
  void watched(std::vector<pollfd>& waits) const {
    if (!end_ && watch_.open()) waits.push_back({watch_.get(), POLLIN, 0});
    if (out_.open()) waits.push_back({out_.get(), POLLIN, 0});
  }

 private:
  pid_t pid_;
  bool own_group_;
  Descriptor out_;
  Descriptor watch_;
  std::string text_;
  std::optional<End> end_;
};

sigset_t held_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&set, signal);
  return set;
}

}  // namespace

PosixProcesses::PosixProcesses() {
  sigprocmask(SIG_SETMASK, nullptr, &mask_);
}

PosixProcesses::~PosixProcesses() {
  if (signals_ < 0) return;
  close(signals_);
  sigprocmask(SIG_SETMASK, &mask_, nullptr);
}

void PosixProcesses::hold_signals() {
  if (signals_ >= 0) return;
  const sigset_t held = held_signals();
  sigprocmask(SIG_BLOCK, &held, nullptr);
  signals_ = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
}

Result<std::unique_ptr<Child>> PosixProcesses::start(const Command& command,
                                                     const Streams& streams) {
  const Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
  const auto descriptor = [&](ChildStream stream, int own, int given) {
    if (stream == ChildStream::kNull) return null.get();
    return stream == ChildStream::kDescriptor ? given : own;
  };
  Pipe out;
  SpawnRequest request{command};
  request.mask = &mask_;
  request.in = descriptor(streams.in, 0, streams.in_descriptor);
  request.out = descriptor(streams.out, 1, streams.out_descriptor);
  if (streams.out == ChildStream::kPipe) {
    out = make_pipe();
    request.out = out.write.get();
    request.err = null.get();
    request.own_group = true;
    request.ends_with_guard = true;
    if (out.read.open()) fcntl(out.read.get(), F_SETFL, O_NONBLOCK);
  }
  const Spawned spawned = spawn(request);
  if (spawned.pid < 0) {
    const std::string program = command.argv.empty() ? std::string() : command.argv.front();
    return Failure{spawned.error == ENOENT ? FailureCode::kNotFound : FailureCode::kUnreadable,
                   "cannot run " + program + ": " + strerror(spawned.error),
                   {}};
  }
  return std::unique_ptr<Child>(
      std::make_unique<PosixChild>(spawned.pid, request.own_group, std::move(out.read)));
}

Woken PosixProcesses::wait(std::span<Child* const> children, std::chrono::milliseconds time) {
  std::vector<pollfd> waits;
  if (signals_ >= 0) waits.push_back({signals_, POLLIN, 0});
  for (Child* const child : children) static_cast<const PosixChild*>(child)->watched(waits);
  poll(waits.data(), waits.size(), static_cast<int>(time.count()));
  if (signals_ < 0) return {};
  signalfd_siginfo info{};
  if (read(signals_, &info, sizeof info) != sizeof info) return {};
  return {static_cast<int>(info.ssi_signo), info.ssi_code == SI_KERNEL};
}

}  // namespace composelint::guard
