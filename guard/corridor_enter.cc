// Into the project: nobody else is at work on it, and what is done is written down.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guard/corridor.h"
#include "guard/pipe_sink.h"
#include "guard/words.h"

namespace composelint::guard {

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
  auto taken = ProjectLock::take(state_directory_, engine, project_name(), me, within_);
  if (!taken) {
    return refuse(GuardExit::kNoJournal, taken.failure().message + "; nothing has been run");
  }
  if (const auto* holder = std::get_if<LockHolder>(&*taken)) return held_by(*holder);
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

Corridor::Ended Corridor::read_journal() {
  auto reading = journal_->read_recent();
  if (!reading) {
    return refuse(GuardExit::kNoJournal, reading.failure().message + "; nothing has been run");
  }
  history_ = std::move(reading->runs);
  // Those around this one are open, and not in its way; so is what stands in one pipeline with it.
  std::erase_if(history_, [&](const JournalRun& run) {
    return run.open() && (run.id == run_id_ ||
                          std::find(within_.begin(), within_.end(), run.id) != within_.end() ||
                          (!options_.session.empty() && run.session == options_.session &&
                           in_one_pipeline_with(run.pid)));
  });
  return std::nullopt;
}

}  // namespace composelint::guard
