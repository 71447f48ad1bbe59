#include "guard/task_run.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

namespace composelint::guard {

namespace {

constexpr milliseconds kLong{3'600'000};
constexpr milliseconds kAgain{1000};  // until a watcher that has ended is started anew

TaskKey key_of(const ExecutionRequest& request, const Surroundings& around) {
  TaskKey key;
  const ComposeInvocation& call = request.command.call();
  key.exec = call.is("exec");
  key.from = around.now();
  // Of what is run, as repairs change the words in front of the task's own.
  const std::size_t count = std::min(call.inner.size(), request.argv.size());
  key.inner.assign(request.argv.end() - static_cast<std::ptrdiff_t>(count), request.argv.end());
  return key;
}

}  // namespace

TaskRun::TaskRun(const ExecutionRequest& request, Processes& processes, Surroundings& around)
    : request_(request),
      processes_(processes),
      around_(around),
      client_(request, processes, around),
      events_(key_of(request, around)),
      progress_(request.progress ? request.output : -1, around),
      exec_(request.command.call().is("exec")),
      detached_(request.command.call().has("--detach")),
      began_(around.uptime()) {}

TaskOutcome TaskRun::run() {
  outcome_.began = around_.now();
  // What happens before it is connected is told again: neither waits for the other.
  watch();
  if (client_.start()) {
    while_client_runs();
    if (!done_) settle();
    until_the_list_knows();
  } else {
    finish(TaskEnd::kNeverStarted, client_.end()->shell_status());
  }
  progress_.clear();
  if (watcher_) watcher_->send(SIGTERM);
  outcome_.client = client_.end().value_or(End{EndKind::kExited, 0});
  outcome_.container = events_.container();
  return std::move(outcome_);
}

void TaskRun::watch() {
  Streams streams;
  streams.in = ChildStream::kNull;
  streams.out = ChildStream::kPipe;
  streams.err = ChildStream::kNull;
  streams.aside = true;
  auto started = processes_.start({watch_events(request_.command, request_.run_id), ""}, streams);
  watcher_ = started ? std::move(*started) : nullptr;
  watchable_ = started || started.failure().code != FailureCode::kNotFound;
  if (!watcher_) watcher_due_ = around_.uptime() + kAgain;
}

void TaskRun::read_events() {
  if (!watcher_) {
    if (around_.uptime() >= watcher_due_) watch();
    return;
  }
  const bool ended = watcher_->ended().has_value();
  while (const auto line = watcher_->line()) events_.read(*line);
  tell_of_process();
  if (!ended) return;
  watcher_.reset();
  watcher_due_ = around_.uptime() + kAgain;
}

void TaskRun::tell_of_process() {
  if (!exec_ || !request_.entered) return;
  std::vector<std::string> open = events_.open();
  if (open.empty() || open == told_of_) return;
  told_of_ = std::move(open);
  request_.entered(events_.container(), told_of_);
}

milliseconds TaskRun::until_next(milliseconds time) const {
  const milliseconds now = around_.uptime();
  if (!watcher_) time = std::min(time, watcher_due_ - now);
  if (request_.timeout.count() > 0 && !timed_out_) {
    time = std::min(time, began_ + request_.timeout - now);
  }
  time = std::min(time, progress_.until_next());
  return std::max(time, milliseconds(0));
}

void TaskRun::turn(milliseconds time) {
  std::array<Child*, 3> children{};
  std::size_t count = 0;
  for (Child* child : {client_.child(), watcher_.get(), stopper_.get()}) {
    if (child != nullptr) children[count++] = child;
  }
  const int signal = processes_.wait(std::span(children.data(), count), until_next(time));
  read_events();
  progress_.show();
  if (signal != 0) told(signal);
  client_.look();
  bound_time();
  look_after_stopper();
  stop_container();
}

void TaskRun::told(int signal) {
  // A terminal that is lost takes its client with it. Nobody has said that the task shall end.
  if (signal == SIGHUP) return;
  outcome_.signal = signal;
  if (!client_.pass(signal)) return;
  ++signals_;
  // Who has sent a task into the background does not want it ended with whoever waits for it.
  if (signals_ > 1 || (detached_ && client_.end())) {
    left_ = true;
  } else if (!detached_) {
    stop_wanted_ = true;
  }
}

void TaskRun::bound_time() {
  if (request_.timeout.count() == 0 || timed_out_) return;
  if (around_.uptime() < began_ + request_.timeout) return;
  timed_out_ = true;
  outcome_.notes.push_back("the task took longer than --timeout allows");
  if (exec_ || detached_) {
    left_ = true;
  } else {
    stop_wanted_ = true;
  }
}

// `exec` has nothing that the engine could stop.
void TaskRun::stop_container() {
  if (!stop_wanted_ || stop_tried_ || exec_ || !events_.started()) return;
  if (events_.code(client_.end())) return;
  stop_tried_ = true;
  Streams streams;
  streams.in = streams.out = streams.err = ChildStream::kNull;
  streams.aside = true;
  std::vector<std::string> argv = request_.command.docker;
  argv.insert(argv.end(), {"stop", events_.container()});
  auto started = processes_.start({argv, ""}, streams);
  if (started) {
    stopper_ = std::move(*started);
    outcome_.stopped = true;
  }
}

void TaskRun::look_after_stopper() {
  if (!stopper_) return;
  const auto end = stopper_->ended();
  if (!end) return;
  stopper_.reset();
  if (end->ok() || events_.code(client_.end()) || events_.removed()) return;
  outcome_.stopped = false;
  say("docker stop could not end " + the_task());
}

void TaskRun::while_client_runs() {
  while (!client_.end()) {
    turn(kLong);
    if (!left_) continue;
    // Nobody would be there any more to take the terminal back from it.
    client_.end_soon();
    break;
  }
  // Lines that were there when it ended.
  read_events();
}

bool TaskRun::client_ended_itself() const {
  const auto& end = client_.end();
  return end && end->kind == EndKind::kExited;
}

void TaskRun::finish(TaskEnd end, int code, const std::string& note) {
  done_ = true;
  outcome_.ended = around_.now();
  outcome_.end = end;
  outcome_.code = code;
  outcome_.output_whole = end == TaskEnd::kEnded && client_ended_itself();
  if (!note.empty()) outcome_.notes.push_back(note);
}

std::string TaskRun::the_task() const {
  const std::string id = events_.container();
  if (id.empty()) return "the task";
  return fmt::format("the task in container {}", id.substr(0, 12));
}

void TaskRun::say(const std::string& sentence) {
  progress_.clear();
  around_.say("composelint: " + sentence + "\n");
}

}  // namespace composelint::guard
