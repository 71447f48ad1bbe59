#include "guard/housekeeping.h"

#include <composelint/exit_code.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "analyzer/report/display.h"
#include "analyzer/text/disk_file_system.h"
#include "guard/journal.h"
#include "guard/lock.h"
#include "guard/machine_lock.h"
#include "guard/recovery.h"
#include "guard/report.h"
#include "guard/settings.h"
#include "guard/time_text.h"

namespace composelint::guard {

namespace {

constexpr int kWell = static_cast<int>(ExitCode::kClean);

// What is told of docker's own words holds no secret of the caller's.
std::string masked(const std::string& message, const Surroundings& around) {
  Mask mask;
  mask.hide_values(around.environment(), nullptr);
  return mask.text(message);
}

int complain(Surroundings& around, const std::string& message, int code) {
  around.say("composelint: " + masked(message, around) + "\n");
  return code;
}

// The same where that is the end.
int end_with(const GuardOptions& options, Surroundings& around, const std::string& message,
             int code) {
  if (!options.json) return complain(around, message, code);
  around.print(end_document({}, code, masked(message, around)));
  return code;
}

// The journal, or the code to end with. There is none where nothing has been run yet.
struct Opened {
  std::string directory;
  std::optional<Journal> journal;
  Journal::Reading reading;
  int code = kWell;
};

enum class For { kReading, kWriting };

Opened open_journal(const GuardOptions& options, Surroundings& around, For use) {
  Opened out;
  const text::DiskFileSystem files;
  const Settings settings(options, around, files);
  const std::string directory = state_directory(settings.policy(), around);
  if (directory.empty() || files.kind(directory) != FileKind::kDirectory) return out;
  // Looking needs no directory that can be written.
  const bool any = files.kind(directory + "/journal.jsonl") != FileKind::kNone;
  if (use == For::kReading && !any) return out;
  auto journal = use == For::kReading ? Journal::open_to_read(directory) : Journal::open(directory);
  if (!journal) {
    out.code = end_with(options, around, journal.failure().message,
                        static_cast<int>(GuardExit::kNoJournal));
    return out;
  }
  auto reading = journal->read();
  if (!reading) {
    out.code = end_with(options, around, reading.failure().message,
                        static_cast<int>(GuardExit::kNoJournal));
    return out;
  }
  out.directory = directory;
  out.journal.emplace(std::move(*journal));
  out.reading = std::move(*reading);
  return out;
}

// What nobody else may be at meanwhile. Why it cannot be had; empty: it is held.
std::string take_lock(const Opened& opened, const JournalRun& run, const Surroundings& around,
                      std::optional<ProjectLock>& lock, std::optional<MachineLock>& machine_lock) {
  LockHolder me;
  me.user = around.user();
  me.command = "composelint guard recover";
  me.since = around.now();
  auto taken = ProjectLock::take(opened.directory, run.engine, run.project, me);
  if (!taken) return taken.failure().message;
  if (const auto* holder = std::get_if<LockHolder>(&*taken)) {
    return fmt::format("{} is held by {} (process {} on {}): {}", run.project, holder->user,
                       holder->pid, holder->host, holder->command);
  }
  lock.emplace(std::move(*std::get_if<ProjectLock>(&*taken)));
  auto machine = MachineLock::take(run.engine, run.project);
  if (!machine) return machine.failure().message;
  if (const auto* holder = std::get_if<LockHolder>(&*machine)) {
    return fmt::format("{} is held by {} (process {} on {}), who keeps another journal",
                       run.project, holder->user, holder->pid, holder->host);
  }
  machine_lock.emplace(std::move(*std::get_if<MachineLock>(&*machine)));
  return "";
}

bool is_still_open(const Journal& journal, const std::string& id) {
  const auto reading = journal.read();
  return !reading || std::any_of(reading->runs.begin(), reading->runs.end(),
                                 [&](const JournalRun& run) { return run.id == id && run.open(); });
}

std::vector<JournalRun> open_runs(const std::vector<JournalRun>& runs) {
  std::vector<JournalRun> out;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(out),
               [](const JournalRun& run) { return run.open(); });
  return out;
}

}  // namespace

int show_history(const GuardOptions& options, Surroundings& around) {
  const Opened opened = open_journal(options, around, For::kReading);
  if (opened.code != kWell) return opened.code;
  const auto& [runs, torn, newer] = opened.reading;
  around.print(options.json ? history_json(runs, torn + newer) : history_text(runs, torn + newer));
  return kWell;
}

int show_status(const GuardOptions& options, Processes& processes, Surroundings& around) {
  const Opened opened = open_journal(options, around, For::kReading);
  if (opened.code != kWell) return opened.code;
  const std::vector<JournalRun> open = open_runs(opened.reading.runs);
  if (options.json) {
    around.print(status_json(leftovers(open, processes, around), opened.reading.torn));
    return kWell;
  }
  if (open.empty()) {
    around.print("no guarded command is at work, and nothing is left over\n");
    return kWell;
  }
  std::vector<Leftover> all = leftovers(open, processes, around);
  for (Leftover& left : all) left.failure = masked(left.failure, around);
  around.print(leftovers_text(all));
  return kWell;
}

namespace {

constexpr int code_of(GuardExit exit) {
  return static_cast<int>(exit);
}

// What is done about one, with why it was not in `failure`. The code to end with.
int put_right(const GuardOptions& options, Opened& opened, Recovered& one, Processes& processes,
              Surroundings& around) {
  if (!options.yes) {
    const auto answer = around.ask("Put it right? [y/N] ");
    if (!answer) {
      one.failure = "there is no terminal to ask at, and no --yes: nothing has been done";
      return code_of(GuardExit::kBlocked);
    }
    if (*answer != "y" && *answer != "Y" && *answer != "yes") {
      one.failure = "the answer was not yes";
      return code_of(GuardExit::kBlocked);
    }
  }
  std::optional<ProjectLock> lock;
  std::optional<MachineLock> machine_lock;
  one.failure = take_lock(opened, one.left.run, around, lock, machine_lock);
  if (!one.failure.empty()) return code_of(GuardExit::kLocked);
  auto done = recover(one.left, *opened.journal, processes, around);
  if (!done) {
    one.failure = done.failure().message;
    return code_of(GuardExit::kNoJournal);
  }
  for (const std::string& sentence : *done) one.done.push_back(masked(sentence, around));
  return is_still_open(*opened.journal, one.left.run.id) ? code_of(GuardExit::kLost) : kWell;
}

}  // namespace

int recover_runs(const GuardOptions& options, Processes& processes, Surroundings& around) {
  Opened opened = open_journal(options, around, For::kWriting);
  if (opened.code != kWell) return opened.code;
  int code = kWell;
  std::vector<Recovered> all;
  if (opened.journal) {
    for (Leftover& left : leftovers(open_runs(opened.reading.runs), processes, around)) {
      if (left.alive) continue;
      left.failure = masked(left.failure, around);
      Recovered& one = all.emplace_back(Recovered{std::move(left), {}, ""});
      if (!options.json) around.print(leftovers_text({one.left}));
      const int of_this = put_right(options, opened, one, processes, around);
      code = std::max(code, of_this);  // that a task still runs weighs most
      one.failure = masked(one.failure, around);
      if (options.json) continue;
      const bool answered = one.failure == "the answer was not yes";
      if (!one.failure.empty() && !answered) complain(around, one.failure, of_this);
      for (const std::string& sentence : one.done) around.print("    " + sentence + "\n");
    }
  }
  if (options.json) {
    around.print(recovered_json(all, code));
  } else if (all.empty()) {
    around.print("nothing is left over\n");
  }
  return code;
}

int show_lock(const GuardOptions& options, Processes& /*processes*/, Surroundings& around) {
  const Opened opened = open_journal(options, around, For::kReading);
  if (opened.code != kWell) return opened.code;
  const text::DiskFileSystem files;
  const Settings settings(options, around, files);
  const std::string directory = state_directory(settings.policy(), around);
  std::vector<std::pair<std::string, std::string>> seen;  // engine, project
  std::vector<Held> all;
  for (const JournalRun& run : opened.reading.runs) {
    const std::pair<std::string, std::string> key{run.engine, run.project};
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(key);
    const auto holder = ProjectLock::holder(directory, run.engine, run.project);
    std::optional<LockHolder> held = holder ? *holder : std::nullopt;
    if (!held) held = MachineLock::holder(run.engine, run.project);
    if (!held) continue;
    all.push_back({run.engine, run.project, *held});
    if (options.json) continue;
    const LockHolder& who = *held;
    around.print(report::printable(fmt::format("{} is held by {} (process {} on {}) since {}: {}",
                                               run.project, who.user, who.pid, who.host,
                                               time_text(who.since), who.command)) +
                 "\n");
    around.print(fmt::format("    it ends with that process: kill {}\n", who.pid));
  }
  if (options.json) {
    around.print(locks_json(all));
  } else if (all.empty()) {
    around.print("nobody holds a project\n");
  }
  return kWell;
}

}  // namespace composelint::guard
