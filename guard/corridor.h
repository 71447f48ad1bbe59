// The way of one command from its words to its exit code.
#pragma once

#include <chrono>
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
#include "guard/run_variable.h"
#include "guard/settings.h"
#include "guard/writer_pause.h"

namespace composelint::guard {

// What --backup runs, one argument list after the other, with the file of its output where it is a
// dump that writes to standard output.
struct BackupRun {
  std::vector<std::string> argv;
  std::optional<std::string> output;
  const BackupPolicy* policy = nullptr;  // that asks for it
};

class Corridor {
 public:
  Corridor(const GuardOptions& options, Processes& processes, Surroundings& around,
           const Doors& doors);
  ~Corridor();

  // Of a command that guard itself wants to be run: the process stays, and the command's output
  // goes to standard error.
  void within_another(const Corridor& outer) { outer_ = &outer; }
  [[nodiscard]] int run();
  // By which it was told to end; 0: it was not.
  [[nodiscard]] int signal() const { return signal_; }
  // What there is to say to a program, once it has run with `options.json`.
  [[nodiscard]] const std::string& told_document() const { return document_; }

 private:
  // Each phase gives the exit code where the way ends there.
  using Ended = std::optional<int>;
  Ended understand_command();
  Ended look();
  Ended repair();
  Ended take_backups();
  Ended plan_backups();
  [[nodiscard]] std::string of_another_project(const std::vector<BackupRun>& runs) const;
  [[nodiscard]] std::string why_no_restore_point(const std::vector<BackupRun>& runs) const;
  // What there will be to decide when --backup has done its work.
  [[nodiscard]] Decision once_backed_up() const;
  Ended enter();  // lock and journal
  Ended take_lock();
  Ended let_pass(const std::string& before);
  Ended held_by(const LockHolder& holder);
  Ended read_journal();
  [[nodiscard]] bool is_beside(const JournalRun& run) const;
  Ended begin();  // in the journal; from there on `leave` has something to put back
  Ended pause_writers();
  // At once, or within `time`.
  Ended interrupted(std::chrono::milliseconds time = {});
  Ended decide_on_it();
  Ended ask_person();
  Ended look_again(bool asked);
  int run_it();

  [[nodiscard]] int walk();
  void leave();
  [[nodiscard]] int pass();
  [[nodiscard]] int run_within();
  [[nodiscard]] int show_plan();
  [[nodiscard]] int blocked(const std::string& why);
  [[nodiscard]] int finish(std::vector<Answer> verification);
  [[nodiscard]] int refuse(GuardExit code, const std::string& message) {
    return refuse(static_cast<int>(code), message);
  }
  [[nodiscard]] int refuse(int code, const std::string& message);
  [[nodiscard]] int trouble(const std::string& message);
  void hide_secrets(const Project* project);
  void hide_secrets_of_a_look();
  void judge_it() { decision_ = judged(facts()); }
  [[nodiscard]] Decision judged(const LiveFacts& facts) const;
  void say(const std::string& message);
  void show(const std::string& plan);
  [[nodiscard]] SnapshotWish wish() const;
  [[nodiscard]] LiveFacts facts() const;
  [[nodiscard]] Told told() const;
  void tell_document(int code);
  [[nodiscard]] bool nested() const { return outer_ != nullptr; }
  [[nodiscard]] bool holds(const std::string& directory, const std::string& engine,
                           const std::string& project) const;
  [[nodiscard]] JournalRun journal_run() const;
  [[nodiscard]] std::string project_name() const;
  [[nodiscard]] std::vector<Answer> masked(std::vector<Answer> answers) const;

  const GuardOptions& options_;
  Processes& processes_;
  Surroundings& around_;
  const Doors& doors_;
  const Corridor* outer_ = nullptr;

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

  std::string run_id_;
  std::vector<std::string> within_;  // ids of the runs that this one is a part of
  std::optional<RunVariable> variable_;
  std::optional<OutputFile> output_;
  std::optional<JournalRun> begun_;  // and not yet ended in the journal
  std::optional<WriterPause> writers_;
  int signal_ = 0;
  std::optional<std::chrono::milliseconds> waits_since_;  // for other steps of the script
  bool waiting_told_ = false;

  // For the document.
  std::optional<TaskOutcome> outcome_;
  std::vector<Answer> verification_;
  std::string reason_;
  std::vector<std::string> messages_;
  std::vector<std::string> backups_;
  std::string document_;
  bool document_told_ = false;
};

// `up` that shows logs until somebody ends it: what it has started is there long before.
[[nodiscard]] bool follows(const ComposeInvocation& call);

[[nodiscard]] std::vector<BackupRun> backup_runs(const Policy& policy, const GuardedCommand& about,
                                                 const Surroundings& around,
                                                 const engine::Config& config,
                                                 const FileSystem& files);

}  // namespace composelint::guard
