#include "guard/client_run.h"

#include <signal.h>

#include <cerrno>
#include <string>
#include <utility>

namespace composelint::guard {

namespace {

// Whoever signals a whole group reaches guard and client at about the same time.
constexpr milliseconds kSameWord{300};
constexpr milliseconds kItsOwnWay{60};
constexpr milliseconds kMercy{3000};
constexpr milliseconds kLong{3'600'000};

}  // namespace

bool Client::start() {
  Streams streams;
  if (request_.output >= 0) {
    streams.out = ChildStream::kDescriptor;
    streams.out_descriptor = request_.output;
  }
  auto started = processes_.start({request_.argv, ""}, streams);
  if (started) {
    child_ = std::move(*started);
    return true;
  }
  const bool missing = started.failure().code == FailureCode::kNotFound;
  end_ = End{EndKind::kNotStarted, missing ? ENOENT : EACCES};
  around_.say("composelint: " + started.failure().message + "\n");
  return false;
}

void Client::look() {
  if (child_ && !end_) end_ = child_->ended();
}

bool Client::pass(int signal) {
  const milliseconds now = around_.uptime();
  const bool again = last_signal_ && now - *last_signal_ < kSameWord;
  if (again) return false;
  last_signal_ = now;
  look();
  if (end_ || !child_ || processes_.whole_group()) return true;
  // One that has it from elsewhere already is given the time to end by it: a second TERM makes
  // Compose kill what the first has it stop.
  Child* const one = child_.get();
  static_cast<void>(processes_.wait({&one, 1}, kItsOwnWay));
  look();
  if (!end_) child_->send(signal);
  return true;
}

void Client::end_soon() {
  look();
  if (end_ || !child_) return;
  child_->send(SIGTERM);
  const milliseconds told = around_.uptime();
  Child* const one = child_.get();
  while (!end_ && around_.uptime() - told < kMercy) {
    static_cast<void>(processes_.wait({&one, 1}, kMercy - (around_.uptime() - told)));
    look();
  }
  if (end_) return;
  child_->send(SIGKILL);
  static_cast<void>(processes_.wait({&one, 1}, kMercy));
  look();
}

TaskOutcome run_client(const ExecutionRequest& request, Processes& processes,
                       Surroundings& around) {
  TaskOutcome outcome;
  outcome.began = around.now();
  const milliseconds began = around.uptime();
  Client client(request, processes, around);
  bool late = false;
  if (client.start()) {
    while (!client.end()) {
      milliseconds time = kLong;
      if (request.timeout.count() > 0) {
        time = request.timeout - (around.uptime() - began);
        if (time.count() <= 0) {
          late = true;
          client.end_soon();
          break;
        }
      }
      Child* const one = client.child();
      if (const int signal = processes.wait({&one, 1}, time)) {
        if (signal != SIGHUP) outcome.signal = signal;
        static_cast<void>(client.pass(signal));
      }
      client.look();
    }
  }
  outcome.ended = around.now();
  outcome.client = client.end().value_or(End{EndKind::kTimedOut, 0});
  outcome.code = outcome.client.shell_status();
  outcome.end =
      outcome.client.kind == EndKind::kNotStarted ? TaskEnd::kNeverStarted : TaskEnd::kEnded;
  outcome.stopped = late;
  outcome.output_whole = outcome.client.kind == EndKind::kExited && !late;
  if (late) outcome.notes.push_back("it took longer than --timeout allows and was ended");
  return outcome;
}

}  // namespace composelint::guard
