// --backup: the restore points of the policy are taken by guard itself, before anything else.
#include <fmt/format.h>

#include <algorithm>

#include "guard/corridor.h"
#include "guard/findings.h"
#include "guard/restore_point.h"
#include "guard/time_text.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

constexpr std::string_view kNoBackup =
    "--backup: guard.backups of the configuration has no command for this project";

}  // namespace

std::vector<BackupRun> backup_runs(const Policy& policy, const GuardedCommand& about,
                                   const Surroundings& around, const engine::Config& config,
                                   const FileSystem& files) {
  const auto concerned = concerned_services(about);
  std::vector<BackupRun> out;
  for (const BackupPolicy& backup : policy.backups) {
    if (backup.command.empty()) continue;
    const bool ours = backup.service.empty() || concerned.empty() ||
                      std::any_of(concerned.begin(), concerned.end(), [&](const Service* each) {
                        return each->name == backup.service;
                      });
    if (!ours) continue;
    BackupRun run{backup.command, std::nullopt, &backup};
    const auto command = understand(backup.command, around, config, files);
    const bool dumps = command && (*command)->business == Business::kTask &&
                       (*command)->call().effect == Effect::kDumps;
    if (dumps) {
      // "app-*.sql" becomes one of a name of its own.
      std::string path = backup.file;
      const std::size_t star = path.rfind('*');
      if (star != std::string::npos) path.replace(star, 1, time_stamp(around.now()));
      if (path.find_first_of("*?[") == std::string::npos) run.output = path;
    }
    out.push_back(std::move(run));
  }
  return out;
}

Decision Corridor::once_backed_up() const {
  LiveFacts then = facts();
  then.backed_up = true;
  Decision other = judged(then);
  if (options_.pause_writers && !writers_to_pause(facts()).empty()) {
    std::erase_if(other.answers, [](const Answer& answer) {
      return answer.claim == name_of(Claim::kWritersPaused);
    });
  }
  decide(other);
  return other;
}

// Why all that they save is another project's; empty: it is not, as far as anybody can tell.
std::string Corridor::of_another_project(const std::vector<BackupRun>& runs) const {
  std::string why;
  for (const BackupRun& backup : runs) {
    const auto command =
        understand(backup.argv, around_, settings_->config(), files_, LookIs::kTask);
    const bool calls = command && (*command)->step != nullptr && (*command)->step->call;
    const Project* project = calls ? (*command)->call().target.project : nullptr;
    if (project != nullptr && project->name.value != project_name()) {
      why = "it is of the project " + project->name.value + ", and this is " + project_name();
      continue;
    }
    const bool other = project == nullptr && !backup.policy->file.empty() &&
                       may_be_of_another(*backup.policy, command_->call().target.project);
    if (!other) return "";
    why = backup.policy->file + " may be of another project than " + project_name();
  }
  return why;
}

// Why what they dump will not do; empty: it will, or shows only once they have run.
std::string Corridor::why_no_restore_point(const std::vector<BackupRun>& runs) const {
  const LiveFacts all = facts();
  const StackView view(all);
  std::string why;
  for (const BackupRun& backup : runs) {
    const auto command = understand(backup.argv, around_, settings_->config(), files_);
    const bool dumps = command && (*command)->step != nullptr && (*command)->step->call &&
                       (*command)->call().effect == Effect::kDumps;
    if (!dumps) return "";
    JournalRun dump;
    dump.project = project_name();
    dump.argv = backup.argv;
    dump.verb = (*command)->call().verb;
    dump.effect = to_string(Effect::kDumps);
    dump.effect_name = (*command)->call().effect_name;
    if (const Argument* service = (*command)->call().service()) dump.service = service->text;
    why = no_restore_point(view, dump);
    if (why.empty()) return "";
  }
  return why;
}

Corridor::Ended Corridor::plan_backups() {
  if (!options_.backup) return std::nullopt;
  const std::vector<BackupRun> runs =
      backup_runs(settings_->policy(), *command_, around_, settings_->config(), files_);
  if (runs.empty()) return trouble(std::string(kNoBackup));
  std::string why = of_another_project(runs);
  if (why.empty()) why = why_no_restore_point(runs);
  if (why.empty()) {
    decision_ = once_backed_up();
    return std::nullopt;
  }
  say("--backup takes one, but " + why);
  return std::nullopt;
}

Corridor::Ended Corridor::take_backups() {
  if (!options_.backup) return std::nullopt;
  judge_it();
  // A command that is blocked for something else needs no backup.
  if (once_backed_up().verdict == Verdict::kBlock) return blocked("blocked");
  const std::vector<BackupRun> runs =
      backup_runs(settings_->policy(), *command_, around_, settings_->config(), files_);
  if (runs.empty()) return trouble(std::string(kNoBackup));
  if (const std::string why = of_another_project(runs); !why.empty()) {
    return blocked("--backup takes one, but " + why);
  }
  // What is written between the dump and the command would be lost when it is restored.
  if (auto ended = pause_writers()) return ended;
  for (const BackupRun& backup : runs) {
    if (auto ended = interrupted()) return ended;
    say("backup: " + command_text(mask_.argv(backup.argv)).text +
        (backup.output ? " > " + *backup.output : ""));
    GuardOptions options;
    options.command = backup.argv;
    options.output = backup.output;
    options.yes = options_.yes;
    options.policy_file = options_.policy_file;
    options.session = options_.session;
    options.session_pid = options_.session_pid;
    options.session_ticks = options_.session_ticks;
    options.settle = options_.settle;
    options.json = options_.json;
    Corridor inner(options, processes_, around_, doors_);
    inner.within_another(*this);
    const int code = inner.run();
    if (options_.json) backups_.push_back(inner.told_document());
    if (inner.signal() > 0) {
      constexpr int kBySignal = 128;
      signal_ = inner.signal();
      // It may have come to its end all the same.
      return refuse(kBySignal + signal_,
                    fmt::format("told to end during the backup, which is {}; nothing else has been "
                                "run",
                                code == 0 ? "taken" : "not taken"));
    }
    if (code == 0) continue;
    return refuse(GuardExit::kBlocked,
                  fmt::format("the backup ended with {}; nothing else has been run", code));
  }
  if (auto ended = read_journal()) return ended;
  return look();
}

}  // namespace composelint::guard
