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
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/data/migrated_at_start.h"
#include "analyzer/signs/data/migrating_entrypoint.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/for_staging.h"
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
      if (!is_on_a_new_database(*task.timeline, step) && !is_run_at_each_start(step) &&
          !has_migrated_when_it_started(step, facts) && !is_chosen_setup(*task.timeline, step)) {
        return false;
      }
      found = true;
    }
  }
  return found;
}

// The block of a page, the step of a job.
std::size_t section_of(const Timeline& timeline, const Step& step) {
  std::size_t at = 0;
  while (at + 1 < timeline.sections.size() &&
         timeline.sections[at + 1].first <= index_of(timeline, step)) {
    ++at;
  }
  return at;
}

// Nobody runs a page from top to bottom: there it has to stand in the same block.
bool dumps_before(const Timeline& timeline, const Step& step, bool is_page) {
  return last_before(timeline, step, [&](const Step& other) {
           if (is_page && section_of(timeline, other) != section_of(timeline, step)) return false;
           // Of the script itself it is judged there: `cp .env .env.bak` keeps none of the data.
           if (other.span.file == step.span.file) return false;
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
      if (!dumps_before(*task.timeline, step, task.context == Context::kDocs)) return false;
      found = true;
    }
  }
  return found;
}

bool names_a_migration(std::string_view name) {
  return name.find("migrat") != std::string_view::npos;
}

// `migrate.sh`, a target or an arm `migrate`: by its name a piece of something longer.
bool is_called_a_migration(const Timeline& timeline, const Step& step) {
  if (names_a_migration(timeline.task) ||
      (timeline.task.empty() && names_a_migration(file_name(timeline.file->path())))) {
    return true;
  }
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind == BranchKind::kUncalled) return names_a_migration(branch.name);
    return branch.kind == BranchKind::kCase && way.arm < branch.patterns.size() &&
           branch.patterns[way.arm].file != nullptr &&
           names_a_migration(branch.patterns[way.arm].text());
  });
}

// `docker ps`, `docker info`, `compose version`: whether there is something to work with.
bool only_looks(const Step& step) {
  static constexpr std::array<std::string_view, 5> kLooks = {"container inspect", "container ls",
                                                             "ps", "system info", "version"};
  const std::string_view verb = step.call     ? std::string_view(step.call->verb)
                                : step.docker ? std::string_view(step.docker->verb)
                                              : std::string_view();
  return std::find(kLooks.begin(), kLooks.end(), verb) != kLooks.end();
}

// Nothing else on its way has to do with a stack or with what it is made of.
bool is_all_it_does(const Timeline& timeline, const Step& step) {
  const std::size_t about = index_of(timeline, step);
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    const bool works =
        (other.launcher != Launcher::kNone && !only_looks(other)) || program_name(other) == "git";
    if (i == about || other.detached != step.detached || !works || applies(other)) continue;
    const Reach reach = i < about ? timeline.reach(i, about) : timeline.reach(about, i);
    if (reach != Reach::kNever) return false;
  }
  return true;
}

// A script that sources the file and dumps, and too long to be followed as far as the migration.
bool may_save_unseen(const Timeline& timeline, const SourceFile* library) {
  return timeline.truncated &&
         std::find(timeline.sourced.begin(), timeline.sourced.end(), library) !=
             timeline.sourced.end() &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
           return step.effect == Effect::kDumps && step.role != Role::kPartialDump;
         });
}

// A function of a library that many scripts source: one of them saves the data before it calls it,
// and the others set up, restore, or are asked for a migration alone.
bool is_left_to_its_callers(const Finding& finding, const WorkspaceFacts& facts) {
  bool saved = false;
  for (const TaskView& task : facts.tasks) {
    const Timeline& timeline = *task.timeline;
    saved = saved || may_save_unseen(timeline, finding.span.file);
    for (const Step& step : timeline.steps) {
      if (!applies(step) || !(asked_at(step) == finding.span)) continue;
      if (step.detached) continue;
      if (timeline.file == finding.span.file) return false;
      const Step* const before = last_before(timeline, step, [](const Step& other) {
        const bool saves = other.effect == Effect::kDumps && other.role != Role::kPartialDump;
        return saves || other.effect == Effect::kRestores;
      });
      if (before != nullptr && before->effect == Effect::kDumps) {
        saved = true;
      } else if (before == nullptr && !is_first_setup(timeline.file) &&
                 !is_chosen_setup(timeline, step) && !is_called_a_migration(timeline, step)) {
        return false;
      }
    }
  }
  return saved;
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

// All ways to it are of a script or an arm that is called a migration and does nothing else: its
// caller may have saved what it needs.
bool weighs_less(const Finding& finding, const WorkspaceFacts& facts) {
  bool found = false;
  for (const TaskView& task : facts.tasks) {
    const Timeline& timeline = *task.timeline;
    for (const Step& step : timeline.steps) {
      if (!applies(step) || !(asked_at(step) == finding.span)) continue;
      const bool bare = is_called_a_migration(timeline, step) && is_all_it_does(timeline, step);
      if (!bare) return false;
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
    if (is_first_setup(finding->span.file) || finds_nothing_to_do(*finding, facts) ||
        is_all_for_staging(*finding, facts) || is_saved_by_its_callers(*finding, facts) ||
        is_left_to_its_callers(*finding, facts)) {
      finding->severity = Severity::kOff;
    } else if (weighs_less(*finding, facts)) {
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
        "A migration that fails half-way, or succeeds and breaks the application, is undone from a "
        "dump and not from version control. A tool of the host that gets to the database through a "
        "published port migrates as well. A backup counts when it runs on every way to the "
        "migration: a dump of the database or of its files, an application's own backup command, a "
        "script or function called by such a name. It does not count when its exit status is "
        "thrown "
        "away (`|| true`, `&`), when it goes to /dev/null or to `head`, when it comes after the "
        "migration, or when it is one of other data: an archive of folders and volumes that no "
        "database of the stack mounts, a dump of another of its services. "
        "Where nothing looks at the stack before it or at the result after it either, the "
        "finding says so in a note: migration-without-preflight and migration-unverified, which "
        "weigh less, are told there and not once more. A warning in scripts, targets and `case` "
        "arms called migrate that do nothing else, whose "
        "callers "
        "may save before. Migrations that one backup would be for are told once.",
    .silent_on =
        "Developers' and CI scripts, and calls that name a file of staging, whose databases can be "
        "made "
        "anew. Scripts that others run, "
        "all of "
        "which take a backup first, and functions of a library that one script calls behind a "
        "backup "
        "and the others for a set-up, a restore or a migration that is asked for by name. Programs "
        "that make what a database lacks (`init_db`), and SQL that does so (`ADD COLUMN IF NOT "
        "EXISTS`). "
        "Scripts called setup, "
        "install "
        "or the like: the first time nothing is there to lose. Scripts that have thrown "
        "the "
        "data away before: other rules are about that. Scripts that put a question "
        "to the operator first (unless it is for a value, or the answer decides on other work "
        "alone) or call other scripts whose content is not known: the backup may be "
        "there. Loading a schema anew, which destructive-task-unguarded is about. Looking at "
        "migrations without applying them (`--check`, `--plan`, `status`), and what the command of "
        "the service runs at each start; `exec` into a container whose entrypoint has migrated. "
        "Databases that the "
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
