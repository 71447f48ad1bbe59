#include <composelint/data_loss.h>
#include <composelint/first_setup.h>
#include <composelint/host_migration.h>
#include <composelint/made_database.h>
#include <composelint/migrated_at_start.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/streams.h>
#include <composelint/wording.h>

#include <algorithm>
#include <string>

namespace composelint::rules {
namespace {

// A schema that is loaded anew leaves nothing to migrate: destructive-task-unguarded has that.
bool applies(const Step& step) {
  return applies_a_migration(step) && !loads_schema_anew(step);
}

std::string message(const Step& about) {
  return quoted(task_text(about)) + " (" + about.effect_name + ")" +
         " changes the database, and no backup is taken before it";
}

// `npx prisma migrate deploy` of the host, through a port of the stack's database.
void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr) return;
  const auto reached = migrated_on_host(*context.timeline(), step);
  if (!reached) return;
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
      if (!is_on_a_new_database(*task.timeline, step) && !is_run_at_each_start(step)) return false;
      found = true;
    }
  }
  return found;
}

bool dumps_before(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [](const Step& other) {
           return other.effect == Effect::kDumps && other.role != Role::kPartialDump &&
                  other.status != StatusUse::kDiscarded;
         }) != nullptr;
}

// `restart.sh` runs `stop.sh`, which dumps, and then the script: so does all that runs it.
bool is_saved_by_its_callers(const Finding& finding, const WorkspaceFacts& facts) {
  bool found = false;
  for (const TaskView& task : facts.tasks) {
    if (task.timeline->file == finding.span.file) continue;
    for (const Step& step : task.timeline->steps) {
      if (!applies(step) || !(asked_at(step) == finding.span)) continue;
      if (!dumps_before(*task.timeline, step)) return false;
      found = true;
    }
  }
  return found;
}

// The database is empty the first time, and the script is there for that.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_first_setup(finding->span.file) || finds_nothing_to_do(*finding, facts) ||
        is_saved_by_its_callers(*finding, facts)) {
      finding->severity = Severity::kOff;
    }
  }
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
        "A migration that fails half-way, or succeeds and breaks the application, is undone from a "
        "dump and not from version control. A tool of the host that gets to the database through a "
        "published port migrates as well. A backup counts when it runs on every way to the "
        "migration: a dump of the database or of its files, an application's own backup command, a "
        "script or function called by such a name. It does not count when its exit status is "
        "thrown "
        "away (`|| true`, `&`), when it goes to /dev/null, or when it comes after the migration. "
        "Where nothing looks at the stack before it or at the result after it either, the "
        "finding says so in a note: migration-without-preflight and migration-unverified, which "
        "weigh less, are told there and not once more.",
    .silent_on =
        "Developers' and CI scripts, whose databases can be made anew. Scripts that others run, "
        "all of "
        "which take a backup first. Scripts called setup, "
        "install "
        "or the like: the first time nothing is there to lose. Scripts that have thrown "
        "the "
        "data away before: other rules are about that. Scripts that put a question "
        "to the operator first or call other scripts whose content is not known: the backup may be "
        "there. Loading a schema anew, which destructive-task-unguarded is about. Looking at "
        "migrations without applying them (`--check`, `--plan`, `status`), and what the command of "
        "the "
        "service runs at each start. Databases that the "
        "script "
        "has just made (`CREATE DATABASE`, `setup:install`), also in a loop of its own over the "
        "same list, or, in a script called `create-…`, unless it was there. Tools of the host "
        "where nothing says "
        "that it is this stack's database they go to: the script starts the stack, and the address "
        "is one of its ports, or none is written and the stack is a database with no application.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
    .applies = applies,
    .expects = {.claim = Claim::kBackupTaken, .phase = Phase::kBefore, .message = message},
};

}  // namespace composelint::rules
