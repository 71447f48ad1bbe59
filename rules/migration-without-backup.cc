#include <composelint/evidence.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/additive_change.h"
#include "analyzer/signs/data/data_loss.h"
#include "analyzer/signs/data/database_set_up.h"
#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/data/host_migration.h"
#include "analyzer/signs/data/loaded_data.h"
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/data/migrated_at_start.h"
#include "analyzer/signs/data/migrating_entrypoint.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/for_staging.h"
#include "analyzer/signs/stacks/renewal.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// A schema that is loaded anew leaves nothing to migrate: destructive-task-unguarded has that.
bool applies(const Step& step) {
  return applies_a_migration(step) && !loads_schema_anew(step) && !sets_a_database_up(step) &&
         !only_adds_what_is_missing(step);
}

std::string message(const Step& about) {
  return quoted(task_text(about)) + " (" + about.effect_name + ")" +
         " changes the database, and no backup is taken before it";
}

// `npx prisma migrate deploy` of the host, through a port of the stack's database.
void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr) return;
  const auto reached = migrated_on_host(*context.timeline(), step);
  if (!reached || !is_of_a_renewal(*context.timeline(), step)) return;
  const Evidence backup = context.ask({Claim::kBackupTaken, Phase::kBefore, step});
  if (backup.truth != Truth::kRefuted) return;
  Finding& finding = context.report(
      asked_at(step),
      quoted(task_text(step)) + " (" + step.effect_name + ") changes the database of " +
          quoted(reached->service->name) + ", and no backup is taken before it" +
          (backup.note.empty() ? "" : "; " + backup.note),
      {step.effect_name, reached->service->name});
  finding.related = backup.related;
  finding.related.push_back({reached->port, "it gets there through this port"});
}

// Its database has just been made, or its service has migrated when it was started.
bool finds_nothing_to_do(const Finding& finding, const WorkspaceFacts& facts) {
  bool found = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!applies(step) || !(asked_at(step) == finding.span)) continue;
      if (!is_on_a_new_database(*task.timeline, step) && !is_run_at_each_start(step) &&
          !has_migrated_when_it_started(step, facts) && !is_chosen_setup(*task.timeline, step)) {
        return false;
      }
      found = true;
    }
  }
  return found;
}

// Of the script itself it is judged there: `cp .env .env.bak` keeps none of the data.
bool dumps_before(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
           return other.span.file != step.span.file && other.effect == Effect::kDumps &&
                  other.role != Role::kPartialDump && other.status != StatusUse::kDiscarded;
         }) != nullptr;
}

// What the database held before is gone, and the dump of what it holds is there. A file of
// statements alone replaces nothing.
bool is_behind_a_load(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
           return loads(timeline, other) &&
                  (other.effect == Effect::kRestores || is_fed_a_dump(other, timeline));
         }) != nullptr;
}

// A new release comes into a stack that has data, and no caller saves them before: `restart.sh`
// runs `stop.sh`, which dumps, and then the script. A database elsewhere may have restore points of
// its own.
enum class Data { kNone, kElsewhere, kOfStack };

Data data_in_use(const Finding& finding, const WorkspaceFacts& facts) {
  bool of_stack = false;
  Data called_with = Data::kNone;
  Data alone = Data::kNone;
  bool saved = false;
  for (const TaskView& task : facts.tasks) {
    // Nobody runs a page from top to bottom.
    if (task.context == Context::kDocs) continue;
    const Timeline& timeline = *task.timeline;
    for (const Step& step : timeline.steps) {
      if (!applies(step) || !(asked_at(step) == finding.span)) continue;
      of_stack = true;
      const bool called = timeline.file != finding.span.file;
      if (called && dumps_before(timeline, step)) {
        saved = true;
        continue;
      }
      if (task.context != Context::kOps || is_first_setup(timeline.file) ||
          is_behind_a_load(timeline, step) || is_called_a_trial(timeline, step) ||
          !is_of_a_renewal(timeline, step)) {
        continue;
      }
      const Data data = works_on_data_of_the_stack(timeline, step)   ? Data::kOfStack
                        : names_a_database_elsewhere(timeline, step) ? Data::kElsewhere
                                                                     : Data::kNone;
      Data& most = called ? called_with : alone;
      most = std::max(most, data);
    }
  }
  if (!of_stack) return Data::kOfStack;  // of a tool of the host it has been asked before
  return saved ? called_with : std::max(called_with, alone);
}

bool is_all_for_staging(const Finding& finding, const WorkspaceFacts& facts) {
  bool found = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!applies(step) || !(asked_at(step) == finding.span)) continue;
      if (!is_for_staging(step)) return false;
      found = true;
    }
  }
  return found;
}

// One backup before the first is before the others as well: the same stack, and no way to them that
// goes past it.
void tell_once_a_backup(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<const Step*, std::vector<Finding*>> firsts;
  for (const TaskView& task : facts.tasks) {
    const Timeline& timeline = *task.timeline;
    std::vector<std::pair<const Step*, Finding*>> told;
    for (const Step& step : timeline.steps) {
      if (!applies(step) || timeline.file != step.span.file) continue;
      for (Finding* finding : findings) {
        const bool known = std::any_of(told.begin(), told.end(),
                                       [&](const auto& each) { return each.second == finding; });
        if (known || finding->severity == Severity::kOff || !(asked_at(step) == finding->span)) {
          continue;
        }
        told.emplace_back(&step, finding);
        const Step& first = *told.front().first;
        const bool same =
            first.call && step.call && may_share_stack(*first.call, *step.call) &&
            timeline.reach(index_of(timeline, first), index_of(timeline, step)) == Reach::kAlways;
        if (same || told.size() == 1) firsts[&first].push_back(finding);
      }
    }
  }
  for (const auto& [first, all] : firsts) tell_once_a_file(facts, all);
}

// The database is empty the first time, and the script is there for that.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const Data data = data_in_use(*finding, facts);
    if (is_first_setup(finding->span.file) || data == Data::kNone ||
        finds_nothing_to_do(*finding, facts) || is_all_for_staging(*finding, facts)) {
      finding->severity = Severity::kOff;
    } else if (data == Data::kElsewhere) {
      finding->severity = std::min(finding->severity, Severity::kWarning);
    }
  }
  tell_once_a_backup(facts, findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose ps\n"
              "docker compose run --rm app python manage.py migrate\n",
    .safe = "docker compose ps\n"
            "docker compose exec -T db pg_dump -U app appdb > before.sql &&\n"
            "docker compose run --rm app python manage.py migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(migration_without_backup) = {
    .slug = "migration-without-backup",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A migration runs with no restore point before it",
    .rationale =
        "A migration that fails half-way, or succeeds and breaks the application, is undone from "
        "a dump and not from version control. A tool of the host that gets to the database "
        "through a published port migrates as well. A backup counts when it runs on every way to "
        "the migration: a dump of the database or of its files, an application's own backup "
        "command, a script or function called by such a name. It does not count when its exit "
        "status is thrown away (`|| true`, `&`), when it goes to /dev/null or to `head`, when it "
        "comes after the migration, or when it is one of other data: an archive of folders and "
        "volumes that no database of the stack mounts, a dump of another of its services. Where "
        "nothing looks at the stack before it or at the result after it either, the finding says "
        "so in a note: migration-without-preflight and migration-unverified, which weigh less, "
        "are told there and not once more. Migrations that one backup would be for are told once.",
    .silent_on =
        "Scripts that migrate and do nothing else, or start a stack and migrate: told is what "
        "works on a stack in use, where a new release comes in before it (`pull`, `build`, `git "
        "pull`, `rsync`, the tag that the script sets) or behind it "
        "(`up --build`), by a pipeline, "
        "or by the name (`deploy`, `update`) of what drives a stack whose services restart, "
        "or `migrate` with its production file; or "
        "something is stopped or looked at. Databases outside of the stack that nothing names "
        "(one that is named is a warning), and stacks to try things out by the name of the script, "
        "the job or the arm (staging, "
        "demo, review). Developers' and CI scripts, and calls that name a file of staging, whose "
        "databases can be made anew. Scripts that another one runs behind a backup. Programs that "
        "make what a database lacks (`init_db`). Scripts called setup, install or the like: the "
        "first time nothing is there to lose. Scripts that have thrown the data away before: "
        "other rules are about that. Scripts that put a question to the operator first (unless it "
        "is for a value, or the answer decides on other work alone) or call other scripts whose "
        "content is not known: the backup may be there. Loading a schema anew, which "
        "destructive-task-unguarded is about. Looking at migrations without applying them "
        "(`--check`, `--plan`, `status`), and what the command of the service runs at each start; "
        "`exec` into a container whose entrypoint has migrated. Databases that the script has "
        "just made (`CREATE DATABASE`, `setup:install`), also in a loop of its own over the same "
        "list, or, in a script called `create-…`, unless it was there. Tools of the host where "
        "nothing says that it is this stack's database they go to: the script starts the stack, "
        "and the address is one of its ports, or none is written and the stack is a database with "
        "no application.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
    .applies = applies,
    .expects = {.claim = Claim::kBackupTaken, .phase = Phase::kBefore, .message = message},
};

}  // namespace composelint::rules
