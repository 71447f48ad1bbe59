// The client has ended, and the task may not have.
#include <fmt/format.h>

#include <algorithm>

#include "guard/task_run.h"

namespace composelint::guard {

namespace {

constexpr milliseconds kGrace{300};         // an event may come a little after the client's answer
constexpr milliseconds kSoon{300};          // between looks that found nothing
constexpr milliseconds kAgain{1000};        // between looks at an engine that does not answer
constexpr milliseconds kLookAgain{30'000};  // a connection may be dead without a word
constexpr milliseconds kLostReader{2000};   // a small rest may still be written
constexpr milliseconds kPatience{30'000};   // then an engine that is away is given up
constexpr milliseconds kListLag{10'000};    // of the engine's list behind its events
constexpr milliseconds kListAgain{100};

}  // namespace

void TaskRun::settle() {
  if (exec_ && !detached_ && client_.end()) events_.close(around_.now());
  // Without a container there is no event to come.
  const milliseconds ended = around_.uptime();
  while (events_.seen() && !left_ && !settled_by_events() && around_.uptime() - ended < kGrace) {
    turn(kGrace - (around_.uptime() - ended));
  }
  while (!settled_by_events()) {
    if (!watchable_) return believe_client("docker is not there to ask how the task ended");
    const TaskLook look =
        look_at_task(request_.command, request_.run_id, events_, processes_, around_);
    if (settled_by_events() || weigh(look)) return;
    if (left_ && unsure_ == 0) return leave(look);
    wait_on();
  }
}

// A client that ended by itself has waited for that.
void TaskRun::until_the_list_knows() {
  const bool waited = client_ended_itself() && !detached_;
  if (exec_ || waited || outcome_.end != TaskEnd::kEnded || !watchable_) return;
  const milliseconds ended = around_.uptime();
  const int told = signals_;
  while (signals_ == told && !events_.removed() && around_.uptime() - ended < kListLag) {
    const TaskLook look =
        look_at_task(request_.command, request_.run_id, events_, processes_, around_);
    if (look.state != TaskState::kRuns) return;
    turn(kListAgain);
  }
}

// A client that says it failed has not brought all that the task wrote, on a full disk for example:
// that is no success, whatever became of the task.
void TaskRun::finish_with(int code) {
  const auto& client = client_.end();
  const bool differ = client && !detached_ && client->shell_status() != code;
  finish(TaskEnd::kEnded, code == 0 && differ && client_ended_itself() ? client->code : code);
  outcome_.output_whole = !differ;
  if (differ) {
    outcome_.notes.push_back(
        fmt::format("the task ended with {}, its client with {}", code, client->shell_status()));
  }
}

bool TaskRun::settled_by_events() {
  if (done_) return true;
  if (const auto code = events_.code(client_.end())) {
    finish_with(*code);
    return true;
  }
  if (events_.ambiguous(client_.end())) {
    if (client_ended_itself()) {
      finish(TaskEnd::kEnded, client_.end()->code);
    } else {
      finish(TaskEnd::kUnknown, client_.end()->shell_status(),
             "several processes with the same words ended, each with another status");
    }
    return true;
  }
  if (!exec_ && events_.removed() && !events_.started() && client_.end()) {
    finish(TaskEnd::kNeverStarted, status());
    return true;
  }
  return false;
}

bool TaskRun::weigh(const TaskLook& look) {
  if (look.state != TaskState::kNoEngine) unreachable_since_ = milliseconds(0);
  const bool begun = look.state == TaskState::kRuns || look.state == TaskState::kEnded;
  if (begun) unsure_ = 0;
  switch (look.state) {
    case TaskState::kEnded: finish_with(look.code); return true;
    case TaskState::kRuns: return weigh_lost_reader();
    case TaskState::kNotStarted:
    case TaskState::kNone: return weigh_nothing();
    case TaskState::kNoEngine: return weigh_silence();
  }
  return false;
}

// `… | head -1`: the client has ended by the closed pipe, and the process in the container waits
// for good for somebody to take what it writes.
bool TaskRun::weigh_lost_reader() {
  if (!exec_ || !client_ended_itself() || request_.output >= 0) return false;
  if (!around_.nobody_reads_output()) return false;
  if (reader_lost_ && around_.uptime() - *reader_lost_ >= kLostReader) {
    finish(TaskEnd::kStillRunning, status(),
           "nobody reads its output any more, so that it may never end");
    return true;
  }
  if (!reader_lost_) reader_lost_ = around_.uptime();
  return false;
}

bool TaskRun::weigh_silence() {
  if (client_ended_itself() && !detached_ && status() == 0) {
    believe_client("the engine does not answer any more; the client ended with 0");
    return true;
  }
  const milliseconds now = std::max(around_.uptime(), milliseconds(1));
  if (unreachable_since_.count() == 0) unreachable_since_ = now;
  if (now - unreachable_since_ < kPatience) return false;
  finish(TaskEnd::kUnknown, status(), "the engine does not answer");
  return true;
}

// The engine answers, and knows of nothing that goes on.
bool TaskRun::weigh_nothing() {
  const bool itself = client_ended_itself();
  const bool begun = events_.started();
  // What a client that was killed had asked for may still come, and so may the event of an end.
  const bool refused = exec_ && itself && (status() == 126 || status() == 127);
  if (!refused && (begun || !itself) && ++unsure_ < 3) return false;
  if (!begun ? status() != 0 || !itself : refused) {
    finish(TaskEnd::kNeverStarted, status());
  } else if (status() == 0 || (status() > 1 && status() < 125)) {
    believe_client(begun ? "the engine no longer knows how the task ended"
                         : "the engine told nothing of the task");
  } else {
    // The client's own failures, and those of its connection, have these numbers, too.
    finish(TaskEnd::kUnknown, status(), "the engine no longer knows how the task ended");
  }
  return true;
}

// It is the only one that can be asked.
void TaskRun::believe_client(const std::string& why) {
  const bool knows = client_ended_itself() && !detached_;
  finish(knows ? TaskEnd::kEnded : TaskEnd::kUnknown, status(), why);
}

int TaskRun::status() const {
  return client_.end() ? client_.end()->shell_status() : 0;
}

void TaskRun::tell_that_it_runs() {
  if (told_that_it_runs_) return;
  told_that_it_runs_ = true;
  if (detached_) {
    if (around_.terminal().err) say("waiting for the end of " + the_task());
  } else if (stop_wanted_ && !exec_) {
    say("stopping " + the_task());
  } else {
    say("the client has ended, " + the_task() + " has not: waiting for its end");
    if (stop_wanted_) {
      say("only a kill inside the container ends it; a second signal leaves it running");
    }
  }
}

void TaskRun::wait_on() {
  if (unsure_ > 0) return turn(kSoon);
  if (unreachable_since_.count() > 0) return turn(kAgain);
  tell_that_it_runs();
  const milliseconds until = around_.uptime() + (reader_lost_ ? kLostReader : kLookAgain);
  while (!left_ && !settled_by_events() && around_.uptime() < until) {
    // The engine may have gone with its watcher, and come back without a memory.
    const bool watched = watcher_ != nullptr;
    turn(until - around_.uptime());
    if (watched && watcher_ == nullptr) return;
  }
}

void TaskRun::leave(const TaskLook& look) {
  if (look.state == TaskState::kNoEngine) {
    finish(TaskEnd::kUnknown, status(), "guard was told to leave while the engine did not answer");
  } else {
    finish(TaskEnd::kStillRunning, status(), the_task() + " still runs");
  }
}

}  // namespace composelint::guard
