#include "guard/capture.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include "guard/spawn.h"

namespace composelint::guard {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kMercy{1000};  // between SIGTERM and SIGKILL
constexpr milliseconds kShort{200};   // the same where guard itself is in a hurry
// What a program has left behind may hold its streams open for ever: a shared ssh connection does.
constexpr milliseconds kDrain{250};

struct Probe {
  Captured answer;
  pid_t pid = -1;
  Descriptor out;
  Descriptor err;
  Clock::time_point deadline;  // then it is told to end; then killed; then its streams are let go
  enum class Phase { kRuns, kTold, kKilled, kDrains, kDone } phase = Phase::kDone;

  [[nodiscard]] bool done() const { return phase == Phase::kDone; }
  [[nodiscard]] bool alive() const { return phase < Phase::kDrains; }
};

class Capture {
 public:
  Capture(const Bounds& bounds, Signals& signals) : bounds_(bounds), signals_(signals) {}

  void add(const Command& command);
  void run();
  std::vector<Captured> answers() {
    std::vector<Captured> answers;
    for (Probe& probe : probes_) answers.push_back(std::move(probe.answer));
    return answers;
  }

 private:
  void read_some(Descriptor& from, std::string& into, bool& cut) const;
  void look_after(Probe& probe, Clock::time_point now);
  void advance(Probe& probe, Clock::time_point now) const;
  void interrupt(Clock::time_point now);
  void poll_once();
  [[nodiscard]] bool heeds_signals() const { return bounds_.interruptible || !signals_.held(); }

  const Bounds& bounds_;
  Signals& signals_;
  std::vector<Probe> probes_;
  bool interrupted_ = false;
};

void Capture::add(const Command& command) {
  Probe& probe = probes_.emplace_back();
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  const Descriptor null = open_null();
  if (!out.open() || !err.open() || !null.open()) {
    probe.answer.end = {EndKind::kNotStarted, EMFILE};
    return;
  }
  const Spawned spawned =
      spawn({command, null.get(), out.write.get(), err.write.get(), true, false, bounds_.memory},
            signals_);
  if (spawned.error != 0) {
    probe.answer.end = {EndKind::kNotStarted, spawned.error};
    return;
  }
  probe.pid = spawned.pid;
  probe.out = std::move(out.read);
  probe.err = std::move(err.read);
  probe.phase = Probe::Phase::kRuns;
  probe.deadline = Clock::now() + bounds_.time;
}

void Capture::read_some(Descriptor& from, std::string& into, bool& cut) const {
  std::array<char, 65536> buffer;
  while (from.open()) {
    const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return from.close();
    const std::size_t room = bounds_.output - std::min(bounds_.output, into.size());
    const std::size_t size = static_cast<std::size_t>(got);
    into.append(buffer.data(), std::min(room, size));
    cut = cut || size > room;
    if (size < buffer.size()) return;
    // More than a page at a time: the others have their turn, and so have the bounds.
    if (cut) return;
  }
}

void Capture::look_after(Probe& probe, Clock::time_point now) {
  siginfo_t info{};
  const int options = WEXITED | WSTOPPED | WNOHANG | WNOWAIT;
  if (::waitid(P_PID, static_cast<id_t>(probe.pid), &info, options) != 0) {
    probe.answer.end = {EndKind::kNotStarted, errno};  // somebody else has reaped it
  } else if (info.si_pid == 0) {
    return;
  } else if (info.si_code == CLD_STOPPED) {
    // It wanted the terminal, for a password say, and nobody would ever answer.
    ::waitid(P_PID, static_cast<id_t>(probe.pid), &info, WSTOPPED | WNOHANG);
    ::kill(-probe.pid, SIGKILL);
    return;
  } else {
    // While it is not reaped, its group's number cannot be another's.
    if (probe.phase != Probe::Phase::kRuns) ::kill(-probe.pid, SIGKILL);
    int status = 0;
    ::waitpid(probe.pid, &status, 0);
    const bool late = probe.phase != Probe::Phase::kRuns && !interrupted_;
    probe.answer.end = end_of(status);
    if (late) probe.answer.end.kind = EndKind::kTimedOut;
  }
  probe.phase = Probe::Phase::kDrains;
  probe.deadline = now + kDrain;
}

void Capture::advance(Probe& probe, Clock::time_point now) const {
  if (now < probe.deadline) return;
  switch (probe.phase) {
    case Probe::Phase::kRuns:
      ::kill(-probe.pid, SIGTERM);
      probe.phase = Probe::Phase::kTold;
      probe.deadline = now + kMercy;
      break;
    case Probe::Phase::kTold:
      ::kill(-probe.pid, SIGKILL);
      probe.phase = Probe::Phase::kKilled;
      probe.deadline = now + kMercy;
      break;
    // The kernel still has it, as with a dead network file system: killing again is all there is.
    case Probe::Phase::kKilled:
      ::kill(-probe.pid, SIGKILL);
      probe.deadline = now + kMercy;
      break;
    case Probe::Phase::kDrains:
      probe.out.close();
      probe.err.close();
      break;
    case Probe::Phase::kDone: break;
  }
}

void Capture::interrupt(Clock::time_point now) {
  interrupted_ = true;
  for (Probe& probe : probes_) {
    if (probe.phase != Probe::Phase::kRuns) continue;
    ::kill(-probe.pid, SIGTERM);
    probe.phase = Probe::Phase::kTold;
    probe.deadline = now + kShort;
  }
}

void Capture::poll_once() {
  std::vector<pollfd> watched{{signals_.child_descriptor(), POLLIN, 0}};
  if (heeds_signals() && !interrupted_) watched.push_back({signals_.descriptor(), POLLIN, 0});
  const std::size_t first_stream = watched.size();
  Clock::time_point next = Clock::time_point::max();
  for (const Probe& probe : probes_) {
    if (probe.done()) continue;
    next = std::min(next, probe.deadline);
    for (const Descriptor* each : {&probe.out, &probe.err}) {
      if (each->open()) watched.push_back({each->get(), POLLIN, 0});
    }
  }
  // Rounded up: a deadline that has just not come would spin.
  const auto left = std::chrono::ceil<milliseconds>(next - Clock::now()).count();
  const int time = static_cast<int>(std::clamp<long long>(left, 0, 60'000));
  if (::poll(watched.data(), watched.size(), time) <= 0) return;
  signals_.drain_children();
  if (first_stream == 2 && watched[1].revents != 0) {
    if (signals_.held()) static_cast<void>(signals_.collect());
    interrupt(Clock::now());
  }
}

void Capture::run() {
  for (;;) {
    bool all_done = true;
    for (Probe& probe : probes_) {
      if (probe.done()) continue;
      const Clock::time_point now = Clock::now();
      if (probe.alive()) look_after(probe, now);
      // After the look: what a program wrote before it ended is in the pipe by then.
      read_some(probe.out, probe.answer.out, probe.answer.cut);
      read_some(probe.err, probe.answer.err, probe.answer.cut);
      advance(probe, now);
      const bool drained = !probe.out.open() && !probe.err.open();
      if (probe.phase == Probe::Phase::kDrains && drained) probe.phase = Probe::Phase::kDone;
      all_done = all_done && probe.done();
    }
    if (all_done) return;
    poll_once();
  }
}

}  // namespace

std::vector<Captured> capture_all(std::span<const Command> commands, const Bounds& bounds,
                                  Signals& signals) {
  signals.defer();
  // One that came earlier is no reason to give this up.
  if (signals.held()) static_cast<void>(signals.collect());
  Capture capture(bounds, signals);
  for (const Command& command : commands) capture.add(command);
  capture.run();
  signals.undefer();
  return capture.answers();
}

}  // namespace composelint::guard
