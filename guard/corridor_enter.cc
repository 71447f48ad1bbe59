// Into the project: nobody else is at work on it, and what is done is written down.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guard/corridor.h"
#include "guard/pipe_sink.h"
#include "guard/process_identity.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kMoment{100};
constexpr milliseconds kWorthAWord{1'000};
constexpr milliseconds kTimeToSay{1'000};
// A step may wait for what one behind it does, by ways that nobody sees: a script that would stand
// still is told to have done so.
constexpr milliseconds kLongestWait{3'600'000};

}  // namespace

bool follows(const ComposeInvocation& call) {
  const bool ends = call.has("--detach") || call.has("--wait") || call.has("--no-start");
  return call.is("up") && !ends;
}

Corridor::Ended Corridor::enter() {
  state_directory_ = state_directory(settings_->policy(), around_);
  if (state_directory_.empty()) {
    return refuse(GuardExit::kNoJournal,
                  "there is no place for the journal: neither a home directory nor "
                  "XDG_STATE_HOME, nor guard.state-directory in your configuration; nothing has "
                  "been run");
  }
  const auto variable = around_.variable(kRunVariable);
  within_ = nested() ? outer_->within_ : runs_in(variable.value_or(""));
  if (nested()) within_.push_back(outer_->run_id_);
  auto id = new_run_id();
  if (!id) return refuse(GuardExit::kNoJournal, id.failure().message + "; nothing has been run");
  run_id_ = *id;
  if (auto ended = take_lock()) return ended;
  variable_.emplace(within_, run_id_);
  auto journal = Journal::open(state_directory_);
  if (!journal) {
    return refuse(GuardExit::kNoJournal, journal.failure().message + "; nothing has been run");
  }
  journal_.emplace(std::move(*journal));
  if (auto ended = read_journal()) return ended;
  // Somebody may have been at work between the first look and the lock.
  const bool stale = std::any_of(history_.begin(), history_.end(), [&](const JournalRun& run) {
    return run.project == project_name() && std::max(run.started, run.ended) >= snapshot_.taken;
  });
  return stale ? look() : std::nullopt;
}

bool Corridor::holds(const std::string& directory, const std::string& engine,
                     const std::string& project) const {
  const bool this_one = lock_ && state_directory_ == directory &&
                        snapshot_.engine.endpoint == engine && project_name() == project;
  return this_one || (outer_ != nullptr && outer_->holds(directory, engine, project));
}

// First against those with the same state, which say more of themselves, and then all others.
Corridor::Ended Corridor::take_lock() {
  const std::string& engine = snapshot_.engine.endpoint;
  if (nested() && outer_->holds(state_directory_, engine, project_name())) return std::nullopt;
  LockHolder me;
  me.user = around_.user();
  me.command = command_text(mask_.argv(command_->argv)).text;
  me.since = around_.now();
  me.run = run_id_;
  me.session = options_.session;
  me.follows = follows(command_->call());
  auto taken = ProjectLock::take(state_directory_, engine, project_name(), me, within_);
  while (true) {
    if (!taken) {
      return refuse(GuardExit::kNoJournal, taken.failure().message + "; nothing has been run");
    }
    const auto* holder = std::get_if<LockHolder>(&*taken);
    if (holder == nullptr) break;
    // `docker compose exec a … & docker compose exec b …`: one after the other. Who has just taken
    // it may not have said yet who it is.
    const bool nameless = holder->pid == 0 && !me.session.empty() &&
                          (!waits_since_ || around_.uptime() - *waits_since_ < kTimeToSay);
    if (!nameless && !steps_of_one_script(me, *holder)) return held_by(*holder);
    if (auto ended = let_pass(holder->command)) return ended;
    taken = ProjectLock::take(state_directory_, engine, project_name(), me, within_);
  }
  lock_.emplace(std::move(*std::get_if<ProjectLock>(&*taken)));
  // The run around this one holds the machine's lock as well.
  if (!lock_->own()) return std::nullopt;
  // Ids of runs that do not hold the lock are no better than made up.
  if (!nested()) within_.clear();
  if (!doors_.hold) return std::nullopt;
  auto machine = doors_.hold(engine, project_name());
  if (!machine) {
    return refuse(GuardExit::kNoJournal, machine.failure().message + "; nothing has been run");
  }
  if (const auto* holder = std::get_if<LockHolder>(&*machine)) return held_by(*holder);
  machine_lock_.emplace(std::move(*std::get_if<MachineLock>(&*machine)));
  return std::nullopt;
}

Corridor::Ended Corridor::let_pass(const std::string& before) {
  if (!waits_since_) waits_since_ = around_.uptime();
  const milliseconds waited = around_.uptime() - *waits_since_;
  if (waited >= kLongestWait) {
    return refuse(GuardExit::kLocked,
                  "another step of this script is still at work after an hour: " + before +
                      "; nothing has been run");
  }
  if (waited >= kWorthAWord && !waiting_told_) {
    waiting_told_ = true;
    say("waits for another step of this script: " + before);
  }
  return interrupted(kMoment);
}

Corridor::Ended Corridor::held_by(const LockHolder& holder) {
  std::string who = "another guarded command";
  if (holder.pid != 0) {
    who = fmt::format("{} (process {} on {})", holder.user, holder.pid, holder.host);
    who += holder.command.empty() ? ", who keeps another journal" : ": " + holder.command;
  }
  const bool claimed =
      !holder.run.empty() && std::find(within_.begin(), within_.end(), holder.run) != within_.end();
  if (claimed) {
    who += fmt::format(
        ", whose run {} names; but this process is not one that it has started, or one between "
        "them has ended",
        kRunVariable);
  }
  return refuse(GuardExit::kLocked,
                project_name() + " is held by " + who + "; nothing has been run");
}

// Another step of this script, that is at work.
bool Corridor::is_beside(const JournalRun& run) const {
  return !options_.session.empty() && run.session == options_.session && run.pid > 0 &&
         still_runs(run.pid, run.boot, run.ticks);
}

Corridor::Ended Corridor::read_journal() {
  while (true) {
    auto reading = journal_->read_recent();
    if (!reading) {
      return refuse(GuardExit::kNoJournal, reading.failure().message + "; nothing has been run");
    }
    history_ = std::move(reading->runs);
    // Those around this one are open, and not in its way; so is what stands in one pipeline with
    // it, or only follows.
    std::erase_if(history_, [&](const JournalRun& run) {
      return run.open() && (run.id == run_id_ ||
                            std::find(within_.begin(), within_.end(), run.id) != within_.end() ||
                            (is_beside(run) && (run.follows || in_one_pipeline_with(run.pid))));
    });
    // One that had its part in the lock of another outlives that.
    const auto open = std::find_if(history_.begin(), history_.end(), [&](const JournalRun& run) {
      return run.open() && run.project == project_name() && is_beside(run);
    });
    if (open == history_.end()) return std::nullopt;
    if (auto ended = let_pass(command_text(open->argv).text)) return ended;
  }
}

}  // namespace composelint::guard
