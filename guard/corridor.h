// The way of one command from its words to its exit code.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/engine/rule_set.h"
#include "analyzer/text/disk_file_system.h"
#include "guard/doors.h"
#include "guard/journal.h"
#include "guard/judge.h"
#include "guard/lock.h"
#include "guard/machine_lock.h"
#include "guard/mask.h"
#include "guard/output_file.h"
#include "guard/report.h"
#include "guard/settings.h"

namespace composelint::guard {

class Corridor {
 public:
  Corridor(const GuardOptions& options, Processes& processes, Surroundings& around,
           const Doors& doors);
  ~Corridor();

  // Of a command that guard itself wants to be run: the process stays, and the command's output
  // goes to standard error.
  void within_another() { nested_ = true; }
  [[nodiscard]] int run();

 private:
  // Each phase gives the exit code where the way ends there.
  using Ended = std::optional<int>;
  Ended understand_command();
  Ended look();
  Ended repair();
  Ended take_backups();
  Ended enter();  // lock and journal
  Ended lock();
  Ended decide_on_it();
  Ended ask_person();
  Ended look_again(bool asked);
  int run_it();

  [[nodiscard]] int pass();
  [[nodiscard]] int run_within();
  [[nodiscard]] int show_plan();
  [[nodiscard]] int blocked(const std::string& why);
  [[nodiscard]] int finish(const TaskOutcome& outcome, std::vector<Answer> verification,
                           JournalRun run);
  [[nodiscard]] int refuse(GuardExit code, const std::string& message);
  [[nodiscard]] int trouble(const std::string& message);
  void judge_it();
  void say(const std::string& message);
  void show(const std::string& plan);
  [[nodiscard]] SnapshotWish wish() const;
  [[nodiscard]] LiveFacts facts() const;
  [[nodiscard]] Told told() const;
  void document(const Told& told);
  [[nodiscard]] JournalRun journal_run() const;
  [[nodiscard]] std::string project_name() const;
  [[nodiscard]] std::vector<Answer> masked(std::vector<Answer> answers) const;

  const GuardOptions& options_;
  Processes& processes_;
  Surroundings& around_;
  const Doors& doors_;
  bool nested_ = false;

  text::DiskFileSystem files_;
  std::unique_ptr<Settings> settings_;
  engine::RuleChoice choice_;
  std::unique_ptr<GuardedCommand> command_;
  std::vector<std::string> given_;  // argv before --fix
  Mask mask_;
  Snapshot snapshot_;
  std::string fingerprint_;
  Decision decision_;
  std::vector<JournalRun> history_;
  std::string state_directory_;
  std::optional<ProjectLock> lock_;
  std::optional<MachineLock> machine_lock_;
  std::optional<Journal> journal_;
  bool plan_shown_ = false;
};

// What --backup runs, one argument list after the other, with the file of its output where it is a
// dump that writes to standard output.
struct BackupRun {
  std::vector<std::string> argv;
  std::optional<std::string> output;
};
[[nodiscard]] std::vector<BackupRun> backup_runs(const Policy& policy, const GuardedCommand& about,
                                                 const Surroundings& around,
                                                 const engine::Config& config,
                                                 const FileSystem& files);

}  // namespace composelint::guard
