#include <composelint/evidence.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_loss.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/data/said_destruction.h"
#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/for_staging.h"
#include "analyzer/signs/stacks/on_developers_stack.h"
#include "analyzer/signs/steps/demanded_flag.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/named_object.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

constexpr std::array<std::string_view, 12> kEnds = {"reset",    "fresh",   "wipe",   "drop",
                                                    "clean",    "destroy", "purge",  "nuke",
                                                    "recreate", "flush",   "delete", "remove"};

// `db-drop.sh`, `make db-reset`
bool is_called_so(const Timeline& timeline) {
  const auto says = [](std::string_view name) {
    return has_one_of(name, kEnds) && !names_other_things_than_data(name);
  };
  return says(timeline.task) ||
         (timeline.file != nullptr && says(file_name(timeline.file->path())));
}

// `- name: Reset the schema if it is half-made`, and what it does hangs on a test of it.
bool is_done_on_condition(const Step& step) {
  if (step.conditions.empty() || step.span.file == nullptr) return false;
  const SourceFile& file = *step.span.file;
  if (!file.path().ends_with(".yml") && !file.path().ends_with(".yaml")) return false;
  for (std::uint32_t line = file.line_of(step.span.begin); line > 0; --line) {
    std::string_view text = file.line_text(line);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    const bool begins = text.starts_with("- ");  // the step; without `:` a word of its command
    if (begins) text.remove_prefix(std::min(text.find_first_not_of("- \t"), text.size()));
    if (text.starts_with("name:")) {
      const std::string name = lower_case(text);
      return has_one_of(name, kEnds) && !names_other_things_than_data(name);
    }
    if (begins && text.find(':') != text.npos) return false;
  }
  return false;
}

// A schema is loaded into a new database: `make setup`, `install.sh`.
bool is_first_setup(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 7> kWords = {
      "setup", "init", "install", "bootstrap", "create", "provision", "start"};
  if (!loads_schema_anew(step)) return false;
  if (has_one_of(timeline.task, kWords)) return true;
  if (timeline.file != nullptr && has_one_of(timeline.file->path(), kWords)) return true;
  return std::any_of(step.called_from.begin(), step.called_from.end(),
                     [](const Span& call) { return has_one_of(call.text(), kWords); });
}

// `mongorestore --drop --archive=demo.gz`: rows that somebody has made up are loaded once more.
bool loads_samples(const Step& step) {
  static constexpr std::array<std::string_view, 5> kSamples = {"demo", "example", "fixture",
                                                               "sample", "seed"};
  return step.effect == Effect::kRestores && has_one_of(task_words(step), kSamples);
}

std::string volume_text(const VolumeWrite& write) {
  return write.volume.empty() ? "the volume" : "volume " + quoted(write.volume);
}

// The volume has just been deleted, or another such task has run: nothing is there to lose.
bool starts_from_nothing(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
           return leaves_nothing(other) && same_place(other, step) &&
                  !is_another_database(other, step);
         }) != nullptr;
}

// A dump is loaded behind it, and somebody sees when that fails: staging is there to be replaced.
bool is_filled_again(const Timeline& timeline, const Step& step) {
  return first_after(timeline, step, [&](const Step& other) {
           return (other.effect == Effect::kRestores || is_fed_a_dump(other, timeline)) &&
                  same_place(other, step) && other.status != StatusUse::kUnchecked &&
                  other.status != StatusUse::kDiscarded;
         }) != nullptr;
}

void on_step(const Step& step, RuleContext& context) {
  if (!destroys_data(step) || asks_itself(step) || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  if (asked_before(timeline, step) || starts_from_nothing(timeline, step)) return;
  if (consents_by_flag(timeline, step) || is_on_a_developers_stack(step)) return;
  if (enters_what_is_not_there(timeline, step) || drops_what_it_made(timeline, step)) return;
  const bool named =
      !step.docker || step.docker->operands.empty() || step.docker->operands.front().known();
  if (!named && starts_it_itself(timeline, step)) return;
  // Whoever calls it by that name, or asks for it by an option, wants it.
  if (is_called_so(timeline) || is_done_on_condition(step) ||
      is_destruction_by_choice(timeline, step, {}))
    return;
  if (loads_samples(step)) return;
  if (is_a_cleaning_restore(step, timeline)) return;  // restore-without-backup has it
  const Evidence backup = context.ask({Claim::kBackupTaken, Phase::kBefore, step});
  if (backup.truth != Truth::kRefuted) return;
  if (is_for_staging(step) && is_filled_again(timeline, step)) return;
  const auto write = volume_write(step);
  if (is_first_setup(step, timeline)) return;
  std::string message =
      quoted(task_text(step)) +
      (write && write->empties ? " empties " + volume_text(*write)
                               : " (" + step.effect_name + ") throws the data away") +
      ", with no question and no backup before it";
  if (!backup.note.empty()) message += "; " + backup.note;
  Finding& finding =
      context.report(asked_at(step), std::move(message), {"destructive task", step.effect_name});
  // The first half of a restore: no more than one that a dump does itself by its statements. What
  // staging loses can be had again.
  if (is_part_of_a_restore(step, timeline) || is_for_staging(step)) {
    finding.severity = std::min(finding.severity, Severity::kWarning);
  }
  finding.related = backup.related;
  if (const Service* service = service_of(step)) {
    finding.related.push_back({service->span, "it acts for this service"});
  }
}

// The same loss again is told once a file; another DROP is another decision.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::string, std::vector<Finding*>> losses;
  for (Finding* finding : findings) losses[finding->message].push_back(finding);
  for (const auto& [message, all] : losses) tell_once_a_file(facts, all);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm app php artisan migrate:fresh --force\n",
    .safe = "read -r -p 'Really throw all data away? ' answer\n"
            "[ \"$answer\" = yes ] || exit 1\n"
            "docker compose run --rm app php artisan migrate:fresh --force\n",
}};

}  // namespace

COMPOSELINT_RULE(destructive_task_unguarded) = {
    .slug = "destructive-task-unguarded",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A task throws the data away, unasked and with no backup",
    .rationale =
        "`migrate:fresh`, `db:drop`, `flush`, `DROP DATABASE`, `TRUNCATE` and restores with "
        "`--clean` empty the database first; `db:schema:load` makes every table anew (`force: "
        ":cascade`); `docker run -v data:/data … rm -rf /data/*` empties a volume. Nothing tells "
        "them apart from a harmless command once they run against the wrong project, and no "
        "container or image brings the data back. A question to the operator or a backup that is "
        "taken first is enough. In a script that is called a restore it is a warning: what is "
        "thrown away makes room for the dump. So it is where a file of the call is named after "
        "staging, and nothing where a dump is loaded there next.",
    .silent_on =
        "Scripts that ask the operator, take a backup first or call others that may; scripts that "
        "end unless they are given a flag for it (`--confirm-restore`, `FORCE=1`). Tools that ask "
        "themselves and are not told `--force` or `--yes`. Databases whose name says that they "
        "are for tests, and those that the script has made itself. Directories of the host that a "
        "container empties. Behind `down -v` or "
        "`docker volume rm`, which volume-destruction is about; behind another such task. "
        "`pg_restore --clean` and the like in scripts that are called a restore, which "
        "restore-without-backup is about. Steps of a playbook or a pipeline with such a name that "
        "hang on a test. Scripts and tasks that are called reset, fresh, drop or the like, and "
        "options that ask for it (`--replace`, `--reset`), unless they are on by default; samples "
        "and seeds that are restored. Developers' scripts and stacks, whose databases are made to "
        "be thrown away, and CI. Schemas that are loaded by tasks called setup, install or the "
        "like, or in production, where Rails refuses. Caches, queues, containers of services that "
        "the stack does not have, single rows and files.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
