// --backup: the restore points of the policy are taken by guard itself, before anything else.
#include <fmt/format.h>

#include <algorithm>

#include "analyzer/report/display.h"
#include "guard/corridor.h"
#include "guard/findings.h"
#include "guard/time_text.h"
#include "guard/words.h"

namespace composelint::guard {

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
    BackupRun run{backup.command, std::nullopt};
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

Corridor::Ended Corridor::take_backups() {
  if (!options_.backup) return std::nullopt;
  judge_it();
  // A command that is blocked for something else needs no backup.
  Decision other = decision_;
  std::erase_if(other.answers,
                [](const Answer& answer) { return answer.claim == name_of(Claim::kBackupTaken); });
  std::erase_if(other.findings, [](const Finding& finding) {
    return finding.rule == "restore-without-backup" || finding.rule == "volume-destruction" ||
           finding.rule == "destructive-task-unguarded" || finding.rule == "exec-writes-live";
  });
  decide(other);
  if (other.verdict == Verdict::kBlock) return blocked("blocked");
  const std::vector<BackupRun> runs =
      backup_runs(settings_->policy(), *command_, around_, settings_->config(), files_);
  if (runs.empty()) {
    return trouble("--backup: guard.backups of the configuration has no command for this project");
  }
  for (const BackupRun& backup : runs) {
    if (!options_.json) {
      around_.say(
          "composelint: backup: " + report::printable(command_text(mask_.argv(backup.argv)).text) +
          (backup.output ? " > " + report::printable(*backup.output) : "") + "\n");
    }
    GuardOptions options;
    options.command = backup.argv;
    options.output = backup.output;
    options.yes = options_.yes;
    options.policy_file = options_.policy_file;
    options.session = options_.session;
    options.settle = options_.settle;
    Corridor inner(options, processes_, around_, doors_);
    inner.within_another();
    const int code = inner.run();
    if (code == 0) continue;
    return refuse(GuardExit::kBlocked,
                  fmt::format("the backup ended with {}; nothing else has been run", code));
  }
  return look();
}

}  // namespace composelint::guard
