#include "analyzer/evidence/claims.h"

#include <composelint/evidence.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/evidence/copied_dump.h"
#include "analyzer/evidence/other_data.h"
#include "analyzer/evidence/plain_files.h"
#include "analyzer/evidence/unseen_commands.h"
#include "analyzer/knowledge/interpreters.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/dumps/dump_file.h"
#include "analyzer/signs/stacks/still_stopped.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/stacks/writers.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/text/path.h"

namespace composelint::evidence {

namespace {

bool one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A function that says what it is for stands for its content, too: `backup_database`. Not where
// that is known to be something else.
bool called_through_backup_function(const Step& step) {
  if (is_work_on_plain_files(step)) return false;
  for (const Span& call : step.called_from) {
    std::string_view name = call.text();
    name = name.substr(0, name.find_first_of(" \t\n;"));
    if (knowledge::recognise_by_name(name).effect == Effect::kDumps) return true;
  }
  return false;
}

Proof proves_backup(const Step& step, const Timeline& timeline) {
  if (const auto write = volume_write(step)) {  // `cp /backup/x /data/x`, and the way there
    return is_for_backups(*write) ? Proof::kProof : Proof::kNone;
  }
  const bool of_data = !copies_no_data(step) && !keeps_none_of_the_data(step);
  if (!of_data || copies_a_dump(step, timeline)) return Proof::kNone;
  if (step.effect == Effect::kDumps) {
    return step.role == Role::kPartialDump ? Proof::kMaybe : Proof::kProof;
  }
  if (called_through_backup_function(step)) return Proof::kProof;
  const bool asks = step.asks && !waits_only(timeline, step);
  if (asks || runs_unseen_commands(step)) return Proof::kMaybe;
  return Proof::kNone;
}

// `docker inspect`, `docker image inspect`.
bool inspects(const Step& step) {
  return step.launcher == Launcher::kDocker && !step.call &&
         std::any_of(step.argv.begin(),
                     step.argv.begin() +
                         static_cast<std::ptrdiff_t>(std::min(step.argv.size(), std::size_t{3})),
                     [](const Argument& word) { return word.is("inspect"); });
}

// `docker info`, `docker compose version`, `docker network ls`: the engine is there, and nothing is
// said of the stack.
bool asks_the_engine(const Step& step) {
  static constexpr std::array<std::string_view, 8> kVerbs = {
      "info",        "login",          "network inspect", "network ls",
      "system info", "volume inspect", "version",         "volume ls"};
  if (step.call) return step.call->is("version");
  return step.docker && one_of(step.docker->verb, kVerbs);
}

Proof proves_inspection(const Step& step, const Timeline& timeline) {
  if (asks_the_engine(step)) return Proof::kNone;
  if (inspects(step)) return Proof::kProof;
  // Reading a file of the host (`dirname`, `cat`) is no look at the stack.
  if (step.effect == Effect::kReads && step.launcher != Launcher::kNone) return Proof::kProof;
  if (step.role == Role::kStatus || step.role == Role::kHealth || step.role == Role::kWaits) {
    return Proof::kProof;
  }
  const bool asks = step.asks && !waits_only(timeline, step);
  if (asks || runs_unseen_commands(step)) return Proof::kMaybe;
  return Proof::kNone;
}

// What a request is for stays open; one that sends something, or keeps a file, looks at nothing.
bool requests_a_page(const Step& step) {
  static constexpr std::array<std::string_view, 6> kPrograms = {"curl",  "wget", "http",
                                                                "https", "xh",   "httpie"};
  static constexpr std::array<std::string_view, 9> kSends = {
      "POST", "PUT", "DELETE", "-d", "--data", "-F", "--form", "--post-data", "-T"};
  if (step.argv.empty() || !one_of(text::name_of(step.argv.front().text), kPrograms)) return false;
  return std::none_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
    return one_of(word.text, kSends) || word.text.starts_with("-XP") ||
           word.text.starts_with("--data");
  });
}

// The service starts what it depends on, and waits until that is healthy or has ended well.
bool waits_for_dependencies(const Step& step) {
  if (!step.call || step.call->target.project == nullptr || step.call->has("--no-deps")) {
    return false;
  }
  const Argument* name = step.call->service();
  const Service* service =
      name == nullptr ? nullptr : step.call->target.project->service(name->text);
  if (service == nullptr || !step.call->is("run")) return false;
  return std::any_of(service->depends_on.begin(), service->depends_on.end(),
                     [](const DependsOn& on) { return on.condition != "service_started"; });
}

Proof proves_readiness(const Step& step, const Timeline& timeline) {
  if (waits_for_dependencies(step)) return Proof::kProof;
  switch (waits(timeline, step)) {
    case Waits::kYes: return Proof::kProof;
    case Waits::kMaybe: return Proof::kMaybe;
    case Waits::kNo: break;
  }
  return step.asks || runs_unseen_commands(step) ? Proof::kMaybe : Proof::kNone;
}

// Makes assets or dependencies anew, and asks for nothing.
bool only_builds(const Step& step) {
  static constexpr std::array<std::string_view, 6> kTools = {"composer", "npm",    "yarn",
                                                             "pnpm",     "bundle", "pip"};
  static constexpr std::array<std::string_view, 7> kTasks = {
      "install", "build", "dump-autoload", "ci", "prod", "production", "assets:precompile"};
  const std::vector<Argument>& words = step.call ? step.call->inner : step.docker->inner;
  if (words.size() < 2 || !one_of(text::name_of(words.front().text), kTools)) return false;
  return std::any_of(words.begin() + 1, words.end(),
                     [](const Argument& word) { return one_of(word.text, kTasks); });
}

// `docker ps` lists whatever runs on the machine, and ends with 0 whatever that is.
bool lists_all_containers(const Step& step) {
  return step.docker && step.place != Place::kRemote && step.docker->is("container ls") &&
         !step.docker->has("--filter") && step.pipeline == 0 &&
         step.out.kind != StreamKind::kCaptured;
}

// Looks at what came of a task: all that looks at a stack, and who asks its pages.
Proof proves_outcome(const Step& step, const Timeline& timeline) {
  if (lists_all_containers(step)) return Proof::kNone;
  const Proof look = proves_inspection(step, timeline);
  if (look != Proof::kNone) return look;
  // Anything else that is run in the stack may be a check of it.
  const bool task =
      step.call ? !step.call->inner.empty() : step.docker && !step.docker->inner.empty();
  if (task && step.effect == Effect::kUnknown && !only_builds(step)) return Proof::kMaybe;
  if (step.effect == Effect::kShell && step.in.kind == StreamKind::kInherited) return Proof::kMaybe;
  return requests_a_page(step) ? Proof::kMaybe : Proof::kNone;
}

// `up --scale worker=0`, `scale worker=0`.
bool scales_to_nothing(const ComposeInvocation& call) {
  const auto to_nothing = [](const Argument& word) { return word.text.ends_with("=0"); };
  if (call.is("scale")) {
    return std::any_of(call.operands.begin(), call.operands.end(), to_nothing);
  }
  return std::any_of(call.options.begin(), call.options.end(), [&](const OptionUse& use) {
    return use.name == "--scale" && use.value && to_nothing(*use.value);
  });
}

// A question that is about it: "Workers stopped?". Whether to go on at all says nothing.
bool asks_about_writers(const Step& step) {
  static constexpr std::array<std::string_view, 7> kWords = {
      "stop", "worker", "mainten", "offline", "pause", "shut", "down"};
  if (!step.asks) return false;
  std::string text(step.span.text());
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

Proof proves_pause(const Step& step) {
  static constexpr std::array<std::string_view, 4> kStops = {"stop", "pause", "down", "kill"};
  static constexpr std::array<std::string_view, 3> kDockerStops = {
      "container stop", "container pause", "container kill"};
  if (step.role == Role::kPausesWorkers || step.role == Role::kMaintenanceOn) return Proof::kProof;
  if (step.call && (one_of(step.call->verb, kStops) || scales_to_nothing(*step.call))) {
    return Proof::kProof;
  }
  if (step.docker && one_of(step.docker->verb, kDockerStops)) return Proof::kProof;
  if (asks_about_writers(step) || runs_unseen_commands(step)) return Proof::kMaybe;
  return Proof::kNone;
}

Proof proves_resumption(const Step& step) {
  static constexpr std::array<std::string_view, 4> kStarts = {"up", "start", "unpause", "restart"};
  static constexpr std::array<std::string_view, 3> kDockerStarts = {
      "container start", "container unpause", "container restart"};
  if (step.role == Role::kResumesWorkers || step.role == Role::kMaintenanceOff) {
    return Proof::kProof;
  }
  if (step.call && one_of(step.call->verb, kStarts) && !scales_to_nothing(*step.call)) {
    return Proof::kProof;
  }
  if (step.docker && one_of(step.docker->verb, kDockerStarts)) return Proof::kProof;
  return runs_unseen_commands(step) ? Proof::kMaybe : Proof::kNone;
}

Proof checks_output(const Step& step) {
  static constexpr std::array<std::string_view, 21> kReaders = {
      "[",  "[[", "test", "gzip",       "gunzip", "zcat",  "zgrep", "tail", "head", "grep", "stat",
      "wc", "du", "ls",   "pg_restore", "tar",    "unzip", "xz",    "zstd", "find", "file"};
  if (step.argv.empty()) return Proof::kNone;
  const std::string_view name = text::name_of(step.argv.front().text);
  // A stage of the pipeline that writes the dump looks at nothing.
  if (step.pipeline == 0 && one_of(name, kReaders)) return Proof::kProof;
  if (step.effect == Effect::kRestores) return Proof::kProof;  // a trial restore
  return step.asks || runs_unseen_commands(step) ? Proof::kMaybe : Proof::kNone;
}

}  // namespace

Proof proof_of(Claim claim, const Step& step, const Timeline& timeline) {
  switch (claim) {
    case Claim::kBackupTaken: return proves_backup(step, timeline);
    case Claim::kContextInspected: return proves_inspection(step, timeline);
    case Claim::kReady: return proves_readiness(step, timeline);
    case Claim::kWritersPaused: return proves_pause(step);
    case Claim::kWritersResumed: return proves_resumption(step);
    case Claim::kOutputChecked: return checks_output(step);
    case Claim::kOutcomeVerified: return proves_outcome(step, timeline);
  }
  return Proof::kNone;
}

const Step* undone(Claim claim, const Timeline& timeline, std::size_t proof, std::size_t about) {
  static constexpr std::array<std::string_view, 4> kStarts = {"up", "start", "unpause", "restart"};
  const Step& out = timeline.steps[proof];
  if (claim != Claim::kWritersPaused || !out.call) return nullptr;
  for (std::size_t i = proof + 1; i < about; ++i) {
    const Step& step = timeline.steps[i];
    if (!step.call || !one_of(step.call->verb, kStarts) || step.detached != out.detached) continue;
    if (step.call->opaque_options || scales_to_nothing(*step.call)) continue;
    // In each run that comes here, or in each that has stopped it: both stand on one way.
    const bool again =
        timeline.reach(i, about) == Reach::kAlways ||
        (timeline.reach(i, about) == Reach::kMaybe && timeline.reach(proof, i) == Reach::kAlways &&
         step.conditions == out.conditions);
    if (!again) continue;
    // `exec` needs a container that is up: after `down` it is one that has been started again.
    const Step& task = timeline.steps[about];
    const bool all = out.call->is("down") && out.call->services.empty();
    const bool entered =
        task.call ? task.call->is("exec") : task.docker && task.docker->is("container exec");
    const bool back = entered || step.call->operands.empty();
    if (all ? back && may_share_stack(*step.call, *out.call) : brings_all_back(step, out)) {
      return &step;
    }
  }
  return nullptr;
}

namespace {

// `cp -r "$TMP" /srv/kept`; not `rm -rf "$TMP"`.
bool takes_whole_directory(const Step& step) {
  static constexpr std::array<std::string_view, 7> kOthers = {"[",     "[[",    "test", "rm",
                                                              "mkdir", "chmod", "echo"};
  if (step.argv.empty() || one_of(text::name_of(step.argv.front().text), kOthers)) return false;
  return std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
    return word.holes.size() == 1 && word.holes.front().name == "$(mktemp)" && word.text.empty();
  });
}

// The dump lies in a directory of mktemp that `trap … EXIT` removes, and nothing takes it from
// there.
bool goes_with_script(const Step& step, const Timeline& timeline) {
  const auto file = dump_file_of(timeline, step);
  if (!file || file->path->holes.size() != 1 || file->path->holes.front().at != 0 ||
      file->path->holes.front().name != "$(mktemp)") {
    return false;
  }
  const std::string_view name = text::name_of(file->path->text);
  if (name.empty()) return false;
  bool removed = false;
  for (const Step& other : timeline.steps) {
    const bool same = step.pipeline != 0 && other.pipeline == step.pipeline;
    if (&other == &step || same || other.argv.empty()) continue;
    if (other.argv.front().is("rm") && comes_from_trap(other)) {
      removed |= std::any_of(other.argv.begin() + 1, other.argv.end(), [](const Argument& word) {
        return word.holes.size() == 1 && word.holes.front().name == "$(mktemp)" &&
               word.text.empty();
      });
    } else if (takes_whole_directory(other) ||
               (mentions(other, name) && checks_output(other) != Proof::kProof)) {
      return false;
    }
  }
  return removed;
}

// `pg_dump app | head -5`: the stage that shows it, and keeps nothing.
const Step* shown_by(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 7> kShow = {"cksum",     "grep", "head", "md5sum",
                                                            "sha256sum", "tail", "wc"};
  if (step.pipeline == 0 || step.effect != Effect::kDumps) return nullptr;
  for (const Step& other : timeline.steps) {
    if (other.pipeline != step.pipeline || other.argv.empty()) continue;
    if (other.argv.front().is("tee")) return nullptr;
    if (!other.last_in_pipeline) continue;
    const bool shows = other.launcher == Launcher::kNone && other.out.kind != StreamKind::kFile &&
                       one_of(text::name_of(other.argv.front().text), kShow);
    return shows ? &other : nullptr;
  }
  return nullptr;
}

}  // namespace

std::string spoiled(Claim claim, const Step& step, const Timeline& timeline) {
  if (claim != Claim::kBackupTaken) return {};
  if (goes_with_script(step, timeline)) {
    return "lies in a temporary directory that `trap` removes when the script ends";
  }
  if (const Step* shows = shown_by(step, timeline)) {
    return "is kept nowhere: `" + shows->argv.front().text + "` shows something of it";
  }
  if (goes_with_its_container(step)) return "lies in a container that `--rm` removes";
  if (step.background) return "runs in the background and may not be complete";
  if (step.status == StatusUse::kDiscarded)
    return "may fail unnoticed: its exit status is thrown away";
  if (step.out.kind == StreamKind::kNull && step.call && step.effect == Effect::kDumps &&
      step.role != Role::kFileBackup) {
    return "writes to /dev/null";
  }
  return {};
}

std::string looks_past(Claim claim, const Step& step) {
  if (claim != Claim::kOutcomeVerified || !lists_all_containers(step)) return {};
  return "lists whatever runs on the machine";
}

std::string_view noun(Claim claim) {
  switch (claim) {
    case Claim::kBackupTaken: return "backup";
    case Claim::kContextInspected: return "look at the stack";
    case Claim::kReady: return "wait";
    case Claim::kWritersPaused: return "pause";
    case Claim::kWritersResumed: return "restart";
    case Claim::kOutputChecked: return "look at the output";
    case Claim::kOutcomeVerified: return "look at the result";
  }
  return "step";
}

}  // namespace composelint::evidence
