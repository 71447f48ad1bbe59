#include "guard/execution.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "guard/snapshot.h"
#include "guard/task_watch.h"

namespace composelint::guard {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTick{1000};
constexpr milliseconds kSoon{50};
constexpr milliseconds kPatience{1000};   // with a client that was told to end
constexpr milliseconds kLateEvent{2000};  // between a client's end and the engine's word of it
constexpr milliseconds kEngineAway{30'000};

// A task in a container, of which the engine tells the end.
class Watched {
 public:
  Watched(const ExecutionRequest& request, Processes& processes, Surroundings& around)
      : request_(request),
        processes_(processes),
        around_(around),
        is_exec_(request.command.call().is("exec")),
        watch_(request.command, request.run_id,
               is_exec_ ? engine_time(request.command.docker, processes) : std::string("1"),
               processes) {}

  TaskOutcome run() {
    out_.began = around_.now();
    Streams streams;
    if (request_.output >= 0) {
      streams.out = ChildStream::kDescriptor;
      streams.out_descriptor = request_.output;
    }
    Result<std::unique_ptr<Child>> started = processes_.start({request_.argv, ""}, streams);
    if (!started) {
      out_.notes.push_back(started.failure().message);
      return finish(TaskEnd::kNeverStarted,
                    started.failure().code == FailureCode::kNotFound ? 127 : 126);
    }
    client_ = std::move(*started);
    began_at_ = around_.uptime();
    while (!done_) step();
    out_.container = watch_.news().container;
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool detached() const { return request_.command.call().has("--detach"); }

  // Waiting for a task that was sent to the background is worth it where its end matters.
  [[nodiscard]] bool ends_matter() const {
    switch (request_.command.step->effect) {
      case Effect::kMigrates:
      case Effect::kImports:
      case Effect::kExports:
      case Effect::kDumps:
      case Effect::kRestores:
      case Effect::kDeletes: return true;
      default: return false;
    }
  }

  void step() {
    std::vector<Child*> children;
    if (!gone_) children.push_back(client_.get());
    if (watch_.child() != nullptr) children.push_back(watch_.child());
    if (stop_) children.push_back(stop_.get());
    const int signal = processes_.wait(children, gone_ || stopping_ ? kSoon : kTick);
    if (signal != 0) take(signal);
    const milliseconds now = around_.uptime();
    watch_.update(now);
    if (!gone_) {
      if (const auto end = client_->ended()) {
        gone_ = true;
        gone_at_ = now;
        out_.client = *end;
      }
    }
    if (stop_ && stop_->ended()) stop_.reset();
    check_time(now);
    if (stopping_ && !done_) stop_the_task(now);
    if (gone_ && !done_) conclude(now);
  }

  void take(int signal) {
    // A terminal that is gone ends nobody's task.
    if (signal == SIGHUP) return;
    if (told_to_end_++ > 0) {
      note("told twice: the task goes on by itself");
      finish(TaskEnd::kStillRunning, 128 + signal);
      return;
    }
    if (!processes_.whole_group() && !gone_) client_->send(signal);
    begin_to_stop();
  }

  void begin_to_stop() {
    stopping_ = true;
    stopping_at_ = around_.uptime();
  }

  void check_time(milliseconds now) {
    if (request_.timeout.count() == 0 || stopping_ || now - began_at_ < request_.timeout) return;
    note(fmt::format("it is stopped: {} s are over", request_.timeout.count() / 1000));
    if (!gone_) client_->send(SIGTERM);
    begin_to_stop();
  }

  // The client has been told. A task that hears of it ends by itself; the others are stopped.
  void stop_the_task(milliseconds now) {
    if (now - stopping_at_ < kPatience || watch_.news().code) return;
    if (is_exec_) {
      if (!told_of_exec_) note("what runs in the container goes on: only a kill inside ends it");
      told_of_exec_ = true;
      return;
    }
    if (stop_ || stop_begun_ || watch_.news().container.empty()) return;
    stop_begun_ = true;
    out_.stopped = true;
    std::vector<std::string> argv = request_.command.docker;
    argv.insert(argv.end(), {"stop", watch_.news().container});
    Streams streams;
    streams.in = ChildStream::kNull;
    streams.out = ChildStream::kNull;
    streams.err = ChildStream::kNull;
    streams.aside = true;
    Result<std::unique_ptr<Child>> stop = processes_.start({argv, ""}, streams);
    if (stop) stop_ = std::move(*stop);
  }

  // The client is gone; has the task ended?
  void conclude(milliseconds now) {
    const TaskNews& news = watch_.news();
    if (news.code) {
      finish(TaskEnd::kEnded, *news.code);
      return;
    }
    const int status = out_.client.shell_status();
    const bool by_itself = out_.client.kind == EndKind::kExited && status < 128 && !stopping_;
    if (detached() && by_itself && (status != 0 || !ends_matter())) {
      if (status == 0) note("it runs on in the background: its exit status is nobody's");
      finish(status == 0 ? TaskEnd::kEnded : TaskEnd::kNeverStarted, status);
      return;
    }
    if (now - gone_at_ < kLateEvent && (by_itself || !news.started)) return;
    if (!news.started) {
      ask(now, status);
      return;
    }
    if (by_itself && !detached()) {
      ask(now, status);
      return;
    }
    if (!told_of_client_ && now - gone_at_ >= kPatience) {
      told_of_client_ = true;
      if (!detached())
        note(fmt::format("the client is gone ({}), the task is not: waiting for its end",
                         words(out_.client)));
    }
    // What the events may not tell: the engine was away, or has restarted.
    if (now - asked_at_ >= milliseconds(5000)) ask(now, status);
  }

  // No event of its end came: the engine is asked about the container.
  void ask(milliseconds now, int status) {
    asked_at_ = now;
    const bool by_itself = out_.client.kind == EndKind::kExited && status < 128 && !stopping_;
    if (is_exec_) {
      // A process inside leaves nothing to ask about.
      if (by_itself)
        finish(watch_.news().started || status == 0 ? TaskEnd::kEnded : TaskEnd::kNeverStarted,
               status);
      else if (!watch_.news().started)
        finish(TaskEnd::kNeverStarted, status);
      else if (watch_.child() == nullptr || watch_.child()->ended())
        give_up_later(now);
      return;
    }
    const FoundContainer found =
        find_container(request_.command.docker, request_.run_id, processes_);
    switch (found.state) {
      case FoundContainer::State::kEnded: finish(TaskEnd::kEnded, found.code); return;
      case FoundContainer::State::kRunning: away_since_ = milliseconds(0); return;
      case FoundContainer::State::kNoAnswer: give_up_later(now); return;
      case FoundContainer::State::kNone: break;
    }
    if (!watch_.news().started) {
      finish(by_itself && status == 0 ? TaskEnd::kEnded : TaskEnd::kNeverStarted, status);
    } else if (by_itself) {
      finish(TaskEnd::kEnded, status);  // removed when it had ended, and the client has its code
    } else {
      note("the engine has lost it: how it ended is not known");
      finish(TaskEnd::kUnknown, status);
    }
  }

  void give_up_later(milliseconds now) {
    if (away_since_.count() == 0) away_since_ = now;
    if (now - away_since_ < kEngineAway) return;
    note("the engine does not answer: how the task ended is not known");
    finish(TaskEnd::kUnknown, out_.client.shell_status());
  }

  static std::string words(const End& end) {
    return end.kind == EndKind::kSignalled ? fmt::format("signal {}", end.code)
                                           : fmt::format("exit status {}", end.code);
  }

  void note(std::string text) {
    around_.say("guard: " + text + "\n");
    out_.notes.push_back(std::move(text));
  }

  TaskOutcome finish(TaskEnd end, int code) {
    done_ = true;
    out_.end = end;
    out_.code = code;
    out_.ended = around_.now();
    return out_;
  }

  const ExecutionRequest& request_;
  Processes& processes_;
  Surroundings& around_;
  const bool is_exec_;
  TaskWatch watch_;
  TaskOutcome out_;
  std::unique_ptr<Child> client_;
  std::unique_ptr<Child> stop_;
  bool done_ = false;
  bool gone_ = false;  // the client has ended
  bool stopping_ = false;
  bool stop_begun_ = false;
  bool told_of_exec_ = false;
  bool told_of_client_ = false;
  int told_to_end_ = 0;
  milliseconds began_at_{0};
  milliseconds gone_at_{0};
  milliseconds stopping_at_{0};
  milliseconds asked_at_{-1'000'000};
  milliseconds away_since_{0};
};

// up, down, pull: the client does the work, and its end is the end.
TaskOutcome run_plainly(const ExecutionRequest& request, Processes& processes,
                        Surroundings& around) {
  TaskOutcome out;
  out.began = around.now();
  Streams streams;
  if (request.output >= 0) {
    streams.out = ChildStream::kDescriptor;
    streams.out_descriptor = request.output;
  }
  Result<std::unique_ptr<Child>> started = processes.start({request.argv, ""}, streams);
  out.end = TaskEnd::kNeverStarted;
  out.code = 127;
  if (!started) {
    out.notes.push_back(started.failure().message);
    out.ended = around.now();
    return out;
  }
  Child* const client = started->get();
  const milliseconds began = around.uptime();
  std::optional<End> end;
  while (!(end = client->ended())) {
    const int signal = processes.wait({&client, 1}, kTick);
    if (signal != 0 && signal != SIGHUP) {
      if (!processes.whole_group()) client->send(signal);
      out.stopped = true;
    }
    if (request.timeout.count() > 0 && !out.stopped && around.uptime() - began >= request.timeout) {
      out.stopped = true;
      client->send(SIGTERM);
    }
  }
  out.client = *end;
  out.end = TaskEnd::kEnded;
  out.code = end->shell_status();
  out.ended = around.now();
  return out;
}

}  // namespace

TaskOutcome execute(const ExecutionRequest& request, Processes& processes, Surroundings& around) {
  processes.hold_signals();
  const ComposeInvocation& call = request.command.call();
  const bool watched = (call.is("run") || call.is("exec")) && request.command.service_at > 0;
  if (!watched) return run_plainly(request, processes, around);
  return Watched(request, processes, around).run();
}

std::vector<std::string> labelled(const GuardedCommand& command, std::vector<std::string> argv,
                                  const std::string& run_id) {
  if (!command.call().is("run")) return argv;
  const auto at = std::find(argv.begin() + static_cast<std::ptrdiff_t>(command.compose.size()),
                            argv.end(), "run");
  if (at == argv.end()) return argv;
  argv.insert(at + 1, {"--label", std::string(kRunLabel) + "=" + run_id});
  return argv;
}

}  // namespace composelint::guard
