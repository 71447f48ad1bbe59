#include <composelint/evidence.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>
#include <composelint/taken_for.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_loss.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/database_directory.h"
#include "analyzer/signs/data/host_client.h"
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/data/network_client.h"
#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/dumps/emptiness.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/reports/left_to.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/on_developers_stack.h"
#include "analyzer/signs/steps/demanded_flag.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Files of a backup go into a named volume, by a container made for it.
bool restores_volume(const Step& step, const Timeline& timeline) {
  const auto write = volume_write(step);
  if (!write || is_for_backups(*write)) return false;
  const bool called =
      is_called_a_restore(timeline.file->path()) || is_part_of_a_restore(step, timeline);
  // `rm -rf /data/* && tar xzf … -C /data`: elsewhere destructive-task-unguarded has it.
  if (write->empties) return called && step.effect == Effect::kRestores;
  return called || names_dump(step.span.text());
}

// The operand of `rm -r` in which a database of the stack keeps its files.
const Argument* database_removed(const Step& step, const Timeline& timeline) {
  if (step.effect_name != "rm -r" || step.launcher != Launcher::kNone) return nullptr;
  if (step.place != Place::kHost) return nullptr;
  const Step* call = last_before(
      timeline, step, [&](const Step& other) { return other.call && same_place(other, step); });
  if (call == nullptr) return nullptr;
  for (const Argument& word : step.argv) {
    const auto path = word.text.starts_with('-') ? std::nullopt : path_of_directory(word);
    if (path && holds_a_database(call->call->target, *path)) return &word;
  }
  return nullptr;
}

// Something has been made of it before: `cp -a data data.old`, `tar czf before.tgz data`.
bool is_copied_before(const Timeline& timeline, const Step& step, const Argument& path) {
  static constexpr std::array<std::string_view, 6> kCopies = {"cp",  "mv",  "rsync",
                                                              "tar", "zip", "restic"};
  const std::string plain = plain_path(path.text);
  return last_before(timeline, step, [&](const Step& other) {
           const std::string_view program = program_name(other);
           return other.effect != Effect::kRestores &&
                  std::find(kCopies.begin(), kCopies.end(), program) != kCopies.end() &&
                  std::any_of(other.argv.begin(), other.argv.end(), [&](const Argument& word) {
                    return !word.holes.empty() || word.is(".") ||
                           word.text.find(plain) != std::string::npos;
                  });
         }) != nullptr;
}

// `rm -rf ./data`, `tar xzf "$1"`: the files of a database are taken away, and others put there.
void look_at_files(const Step& step, const Timeline& timeline, RuleContext& context) {
  const Argument* path = database_removed(step, timeline);
  if (path == nullptr || asked_before(timeline, step)) return;
  const Step* unpack = first_after(timeline, step, [&](const Step& other) {
    return program_name(other) == "tar" && other.effect == Effect::kRestores &&
           other.launcher == Launcher::kNone && same_place(other, step);
  });
  if (unpack == nullptr || unpack->conditions != step.conditions) return;
  const bool meant = names_dump(unpack->span.text()) ||
                     is_called_a_restore(timeline.file->path()) ||
                     is_part_of_a_restore(step, timeline);
  if (!meant || is_copied_before(timeline, step, *path)) return;
  const Evidence backup = context.ask({Claim::kBackupTaken, Phase::kBefore, step});
  if (backup.truth == Truth::kSupported) return;
  Finding& finding = context.report(
      path->place(),
      quoted(plain_path(path->text)) +
          " holds the files of a database: they are gone before `tar` on " +
          line_of(unpack->span, path->place()) + " puts others there, and nothing has saved them",
      {"restore", "tar"});
  finding.related.push_back({unpack->span, "unpacked here"});
}

// `psql -d app_dev`: a developer's database, wherever the script belongs.
bool names_development(const Step& step) {
  static constexpr std::array<std::string_view, 4> kNames = {"_dev ", "_development ", "-dev ",
                                                             " dev "};
  return has_one_of(task_words(step) + " ", kNames);
}

// `docker run -d --name build centos`, in this script: there is nothing in it but the image.
bool has_been_made_here(const Timeline& timeline, const Step& step) {
  if (!step.docker || !step.docker->operands.front().known()) return false;
  const std::string& container = step.docker->operands.front().text;
  const Step* made = last_before(timeline, step, [&](const Step& other) {
    if (!other.docker || !other.docker->is("container run")) return false;
    const OptionUse* name = other.docker->option("--name");
    return name != nullptr && name->value && name->value->known() && name->value->text == container;
  });
  if (made == nullptr || made->docker->opaque_options) return false;
  const bool mounts = made->docker->has("--volume") || made->docker->has("--mount") ||
                      made->docker->has("--volumes-from");
  return !mounts &&
         timeline.reach(index_of(timeline, *made), index_of(timeline, step)) == Reach::kAlways;
}

// `run restore-db`: the service is the program, its file says which.
bool is_started_as_itself(const Step& step) {
  if (!step.call || !step.call->is("run") || !step.call->inner.empty()) return false;
  const Service* service = service_of(step);
  return service != nullptr && !step.call->has("--entrypoint") &&
         (service->entrypoint || service->command);
}

// `influxd restore -db app -newdb app_copy`: beside what is there.
bool goes_elsewhere(const Step& step) {
  static constexpr std::array<std::string_view, 2> kOptions = {" -newdb ", " --new-bucket "};
  return has_one_of(task_words(step), kOptions);
}

// `docker run -v ./data:/data … neo4j-admin load`: into the directory that a database of the stack
// has mounted.
bool works_on_files_of_the_stack(const Step& step, const Timeline& timeline) {
  if (!step.docker || !step.docker->is("container run") || step.docker->opaque_options) {
    return false;
  }
  return std::any_of(
      step.docker->options.begin(), step.docker->options.end(), [&](const OptionUse& use) {
        if (use.name != "--volume" || !use.value) return false;
        Argument source = *use.value;
        const std::size_t colon = source.text.find(':');
        const bool open = colon == std::string::npos || source.text.ends_with(":ro") ||
                          std::any_of(source.holes.begin(), source.holes.end(),
                                      [&](const Hole& hole) { return hole.at > colon; });
        if (open) return false;
        source.text.resize(colon);
        const auto path = path_of_directory(source);
        return path && !path->empty() &&
               std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
                 return other.call && same_place(other, step) &&
                        holds_a_database(other.call->target, *path);
               });
      });
}

// `docker run --network shop_default postgres:16 pg_restore -h db`, of a stack that the script
// starts.
bool asks_by_network(const Step& step, const Timeline& timeline) {
  return step.docker->is("container run") && reached_by_network(timeline, step).service != nullptr;
}

// `reached`: by a client of the host.
bool restores(const Step& step, const Timeline& timeline, bool reached) {
  if (goes_elsewhere(step)) return false;
  if (reached) {
    return !names_scratch(step) && !names_development(step) &&
           (step.effect == Effect::kRestores || is_fed_a_dump(step, timeline));
  }
  if (restores_volume(step, timeline)) return !names_scratch(step);
  if (step.call && loads_as_a_restore(step, timeline)) return !names_scratch(step);
  const bool inside = step.call ? !step.call->inner.empty() || is_started_as_itself(step)
                                : step.docker && (step.docker->is("container exec") ||
                                                  works_on_files_of_the_stack(step, timeline) ||
                                                  asks_by_network(step, timeline));
  // A container that the script has just started, say, unless Compose is asked for it.
  if (step.docker) {
    if (step.docker->operands.empty()) return false;
    const Argument& name = step.docker->operands.front();
    if (has_been_made_here(timeline, step)) return false;
    const bool asked = !name.known() && (asks_for_container(timeline, step, name) != nullptr ||
                                         !listed_container(timeline, step, name).empty());
    if (!name.known() && !asked && starts_it_itself(timeline, step)) return false;
    if (!name.known() && !asked && !enters_named(*step.docker)) return false;
  }
  if (!inside || names_scratch(step) || names_development(step)) return false;
  // destructive-task-unguarded has it.
  if (destroys_data(step) && !is_a_cleaning_restore(step, timeline)) return false;
  return step.effect == Effect::kRestores || is_fed_a_dump(step, timeline);
}

// `createdb … restore_check`, `pg_restore -d app`: another database is made than the one that is
// restored, as far as both are written out.
bool makes_another(const Step& make, const Step& restore) {
  const std::vector<Argument>& made = words_of_task(make);
  if (made.size() < 2 || made.back().text.starts_with('-') || made.back().text.empty() ||
      std::none_of(made.begin(), made.end(), [](const Argument& w) { return w.is("createdb"); })) {
    return false;
  }
  const std::vector<Argument>& words = words_of_task(restore);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool apart = (words[i].is("-d") || words[i].is("--dbname")) && i + 1 < words.size();
    const bool glued = words[i].text.starts_with("--dbname=");
    if (!apart && !glued) continue;
    const Argument& name = words[apart ? i + 1 : i];
    const std::string text = glued ? name.text.substr(9) : name.text;
    return !text.empty() && text != made.back().text;
  }
  return false;
}

// `docker volume create` says nothing where the volume is there: one of the stack's own is new only
// behind its removal.
bool makes_a_new_volume(const Timeline& timeline, const Step& make) {
  const auto declares = [&](const Volume& volume) {
    return std::any_of(
        make.docker->operands.begin(), make.docker->operands.end(), [&](const Argument& word) {
          return word.known() && (word.text == volume.name || word.text == volume.key ||
                                  word.text.ends_with("_" + volume.key));
        });
  };
  const bool own =
      std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
        const Project* project = other.call ? TakenFor{.likely = true}(*other.call) : nullptr;
        return project != nullptr &&
               std::any_of(project->volumes.begin(), project->volumes.end(), declares);
      });
  return !own || last_before(timeline, make, [&](const Step& other) {
                   return same_place(other, make) &&
                          ((other.docker && other.docker->is("volume rm")) ||
                           (other.call && other.call->is("down") && other.call->has("--volumes")));
                 }) != nullptr;
}

// An empty database is made first, or what was there is thrown away: another rule's matter.
bool finds_nothing_to_lose(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 3> kMakes = {"createdb", "create database",
                                                             "create schema"};
  return last_before(timeline, step, [&](const Step& other) {
           if (!same_place(other, step)) return false;
           if (other.docker && other.docker->is("volume create")) {
             return makes_a_new_volume(timeline, other);
           }
           if (leaves_nothing(other)) return true;
           // `CREATE DATABASE app || true` fails where the data is, and is meant to.
           return has_one_of(task_words(other), kMakes) && other.status != StatusUse::kDiscarded &&
                  !makes_another(other, step);
         }) != nullptr;
}

// `wp db import`, `drush sql:cli < x`: these tools ask elsewhere, and not here.
bool asks_nobody(const Step& step) {
  return step.role == Role::kClient || step.effect_name == "WordPress import";
}

// `postRestore.sh`: the platform has put the files of a backup in place, and then comes the dump.
bool is_a_hook_behind_a_restore(const SourceFile* file) {
  return file != nullptr &&
         has_one_of(lower_case(file_name(file->path())),
                    std::array<std::string_view, 3>{"postrestore", "post-restore", "post_restore"});
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  if (is_a_hook_behind_a_restore(timeline.file)) return;
  look_at_files(step, timeline, context);
  const auto reached = reached_on_host(timeline, step);
  if (step.launcher == Launcher::kNone && !reached) return;
  if (!restores(step, timeline, reached.has_value())) return;
  if (asks_itself(step) && !asks_nobody(step)) return;
  // Without --drop it only adds what is not there.
  if (step.effect_name == "mongorestore") return;
  if (asked_before(timeline, step) || finds_nothing_to_lose(timeline, step)) return;
  // `--yes-really`: without it the script ends, and says what goes.
  if (consents_by_flag(timeline, step)) return;
  if (is_for_an_empty_database(timeline, step) || is_on_a_developers_stack(step)) return;
  if (enters_what_is_not_there(timeline, step)) return;
  // `bench new-site shop`, and what is restored is that.
  if (step.effect_name == "Bench restore" && is_on_a_new_database(timeline, step)) return;
  const Evidence backup = context.ask({Claim::kBackupTaken, Phase::kBefore, step});
  if (backup.truth != Truth::kRefuted) return;
  const bool plain = step.effect_name.empty() || step.effect == Effect::kUnknown;
  const std::string name = plain ? "" : " (" + step.effect_name + ")";
  const std::string whose = reached ? " of " + quoted(reached->service->name) : "";
  std::string message = quoted(task_text(step)) + name + " writes over the live data" + whose +
                        ", and what is there now is not saved before it";
  if (!backup.note.empty()) message += "; " + backup.note;
  Finding& finding =
      context.report(asked_at(step), std::move(message), {"restore", step.effect_name});
  finding.related = backup.related;
  // One question and one copy before both would do.
  for (const Step* other :
       {last_before(timeline, step, destroys_data), first_after(timeline, step, destroys_data)}) {
    if (other != nullptr) leave_to("destructive-task-unguarded", asked_at(*other), finding);
  }
  if (reached) finding.related.push_back({reached->port, "it gets there through this port"});
  if (step.role == Role::kClient && step.in.span) {
    finding.related.push_back({step.in.span, "the dump comes from here"});
  }
}

// What is restored, as far as the message says it: the same container, whatever file it gets.
std::string subject_of(const Finding& finding) {
  const std::string& text = finding.message;
  return text.substr(0, std::min(text.find(" -c "), text.find("` (")));
}

// Once a script: one copy before it would be of all that it restores.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::string>, Finding*> first;
  for (Finding* finding : findings) {
    const auto [known, fresh] =
        first.try_emplace({finding->span.file, subject_of(*finding)}, finding);
    if (!fresh) merge_into(*known->second, *finding);
  }
  tell_once_a_file(facts, findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db psql -U app appdb < backup.sql\n",
    .safe = "docker compose exec -T db pg_dump -U app appdb > before-restore.sql &&\n"
            "docker compose exec -T db psql -U app appdb < backup.sql\n",
}};

}  // namespace

COMPOSELINT_RULE(restore_without_backup) = {
    .slug = "restore-without-backup",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A restore writes over live data that nobody has saved",
    .rationale =
        "The dump may be the wrong one, truncated or of another release. A truncated plain dump "
        "is restored without a complaint: `psql` ended with 0 and half of the rows were there "
        "(measured with PostgreSQL 15). What the database held before the restore is then the "
        "better copy, and it is gone unless it was dumped first. The files of a backup that a "
        "container copies or unpacks into a named volume (`docker run -v data:/data -v …:/backup "
        "… tar xzf`) are a restore as well, so is what a tool of the database loads into the "
        "directory that the stack mounts, so are those that `tar` of the host unpacks where a "
        "database's directory was removed, and so is a client of the host that goes through a "
        "port which the database publishes. Reported once a script.",
    .silent_on =
        "Developers' and CI scripts, and developers' stacks, as their files have them. Scripts "
        "and tools that ask the operator or want a flag for it (`--yes-really`), or call others "
        "that may take the backup. Restores into "
        "a database that the script has just made, or whose name says that it is for tests or "
        "development. Restores that drop what is there: destructive-task-unguarded is about "
        "these, unless the script or function is called a restore. Restores behind a test that "
        "finds the database empty. Hooks that a platform "
        "runs when it has put files of a backup in place (`postRestore.sh`). SQL files that are "
        "not named like a dump, in scripts and functions that are not called restore or import "
        "either; seeds and schemas. Clients of the host whose address is not written out, or is "
        "not one under which the stack answers. Containers of services that the stack does not "
        "have. mongorestore without --drop, which only adds what is not there.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
