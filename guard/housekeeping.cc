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
constexpr int kLeft = static_cast<int>(ExitCode::kFindings);

int complain(Surroundings& around, const std::string& message, int code) {
  around.say("composelint: " + report::printable(message) + "\n");
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
    out.code = complain(around, journal.failure().message, static_cast<int>(GuardExit::kNoJournal));
    return out;
  }
  auto reading = journal->read();
  if (!reading) {
    out.code = complain(around, reading.failure().message, static_cast<int>(GuardExit::kNoJournal));
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
    around.print(history_json(open, opened.reading.torn));
    return kWell;
  }
  if (open.empty()) {
    around.print("no guarded command is at work, and nothing is left over\n");
    return kWell;
  }
  around.print(leftovers_text(leftovers(open, processes, around)));
  return kWell;
}

int recover_runs(const GuardOptions& options, Processes& processes, Surroundings& around) {
  Opened opened = open_journal(options, around, For::kWriting);
  if (opened.code != kWell) return opened.code;
  int code = kWell;
  bool any = false;
  if (opened.journal) {
    for (const Leftover& left : leftovers(open_runs(opened.reading.runs), processes, around)) {
      if (left.alive) continue;
      any = true;
      around.print(leftovers_text({left}));
      if (!options.yes) {
        const auto answer = around.ask("Put it right? [y/N] ");
        if (!answer || (*answer != "y" && *answer != "Y" && *answer != "yes")) {
          code = kLeft;
          continue;
        }
      }
      std::optional<ProjectLock> lock;
      std::optional<MachineLock> machine_lock;
      const std::string why = take_lock(opened, left.run, around, lock, machine_lock);
      if (!why.empty()) {
        code = complain(around, why, kLeft);
        continue;
      }
      const auto done = recover(left, *opened.journal, processes, around);
      if (!done) {
        code = complain(around, done.failure().message, kLeft);
        continue;
      }
      for (const std::string& sentence : *done) {
        around.print("    " + report::printable(sentence) + "\n");
      }
      if (is_still_open(*opened.journal, left.run.id)) code = kLeft;
    }
  }
  if (!any) around.print("nothing is left over\n");
  return code;
}

int show_lock(const GuardOptions& options, Processes& /*processes*/, Surroundings& around) {
  const Opened opened = open_journal(options, around, For::kReading);
  if (opened.code != kWell) return opened.code;
  const text::DiskFileSystem files;
  const Settings settings(options, around, files);
  const std::string directory = state_directory(settings.policy(), around);
  std::vector<std::pair<std::string, std::string>> seen;  // engine, project
  bool any = false;
  for (const JournalRun& run : opened.reading.runs) {
    const std::pair<std::string, std::string> key{run.engine, run.project};
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(key);
    const auto holder = ProjectLock::holder(directory, run.engine, run.project);
    std::optional<LockHolder> held = holder ? *holder : std::nullopt;
    if (!held) held = MachineLock::holder(run.engine, run.project);
    if (!held) continue;
    any = true;
    const LockHolder& who = *held;
    around.print(report::printable(fmt::format("{} is held by {} (process {} on {}) since {}: {}",
                                               run.project, who.user, who.pid, who.host,
                                               time_text(who.since), who.command)) +
                 "\n");
    around.print(fmt::format("    it ends with that process: kill {}\n", who.pid));
  }
  if (!any) around.print("nobody holds a project\n");
  return kWell;
}

}  // namespace composelint::guard
