#include <composelint/contains.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/data/migrating_entrypoint.h"
#include "analyzer/signs/data/repeated_task.h"
#include "analyzer/signs/dumps/ends_well.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/word_for_word.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/renewal.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/dropped_inside.h"
#include "analyzer/signs/steps/dropped_status.h"
#include "analyzer/signs/steps/endless_loop.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/on_a_way.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/steps/unchecked_step.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {
// `db:create || true`, `app:install files_pdf || true`: it fails where that is there already, and
// is meant to.
bool may_fail(const Step& step) {
  static constexpr std::array<std::string_view, 6> kOnce = {
      "db:create", "createdb", "migrate:install", "database create", "app:install", "app:enable"};
  const std::string words = task_words(step);
  return (has_one_of(words, kOnce) && words.find("db:migrate") == words.npos) ||
         only_makes_room(step);
}

// `docker start app-1`: one that was stopped before the migration, or one of the stack it works on.
bool starts_container(const Timeline& timeline, const Step& step, const Step& migration) {
  const auto& docker = step.docker;
  if (!docker || !(docker->is("container start") || docker->is("container restart"))) return false;
  const Project* project = migration.call ? migration.call->target.project : nullptr;
  const auto stops = [&](const Step& other, const Argument& name) {
    return other.docker && other.docker->is("container stop") &&
           std::any_of(other.docker->operands.begin(), other.docker->operands.end(),
                       [&](const Argument& word) {
                         return word.text == name.text && word.holes == name.holes;
                       });
  };
  return std::any_of(docker->operands.begin(), docker->operands.end(), [&](const Argument& name) {
    if (project != nullptr && name.known() && named_in(*project, name.text) != nullptr) return true;
    return last_before(timeline, migration,
                       [&](const Step& other) { return stops(other, name); }) != nullptr;
  });
}

// The stack is opened again: new code runs, users come in.
bool opens(const Step& step) {
  static constexpr std::array<std::string_view, 4> kVerbs = {"up", "start", "restart", "unpause"};
  if (step.role == Role::kMaintenanceOff || step.role == Role::kResumesWorkers) return true;
  return step.call && step.effect != Effect::kMigrates &&
         std::find(kVerbs.begin(), kVerbs.end(), step.call->verb) != kVerbs.end();
}

// What comes next asks for the status by hand.
bool reads_status(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 3> kReads = {"$?", "PIPESTATUS", "pipestatus"};
  for (std::size_t i = index_of(timeline, step) + 1; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (step.pipeline != 0 && other.pipeline == step.pipeline) continue;
    const std::string_view between = text_behind(step, other);
    if (!between.empty()) return has_one_of(between, kReads);
  }
  const Span command = written_command(step);
  return !command || has_one_of(command.file->bytes().substr(command.end), kReads);
}

// `migrate --check` behind it, whose own failure counts.
bool is_checked(const Timeline& timeline, const Step& step) {
  return first_after(timeline, step, [](const Step& other) {
           const bool inside = other.call     ? !other.call->inner.empty()
                               : other.docker ? !other.docker->inner.empty()
                                              : false;
           return other.role == Role::kStatus && inside &&
                  (other.status == StatusUse::kStops || other.status == StatusUse::kDecides);
         }) != nullptr;
}

const Step* opened_after(const Timeline& timeline, const Step& step) {
  const Step* found = first_after(timeline, step, [&](const Step& other) {
    return (opens(other) || starts_container(timeline, other, step)) && same_place(other, step) &&
           (!other.call || !step.call || may_share_stack(*other.call, *step.call));
  });
  // Behind the `fi` of `if [ -f schema.prisma ]` as well.
  if (found == nullptr || !leads_to(timeline, step, *found)) return nullptr;
  // It runs whether the migration does or not, and on the same way.
  const bool same_way =
      std::all_of(found->conditions.begin(), found->conditions.end(), [&](const Condition& way) {
        return std::find(step.conditions.begin(), step.conditions.end(), way) !=
               step.conditions.end();
      });
  return same_way ? found : nullptr;
}

// `docker exec app …`, both times.
bool are_of_one_container(const Step& a, const Step& b) {
  const auto runs = [](const Step& step) {
    return step.docker && step.docker->is("container exec") && !step.docker->inner.empty() &&
           !step.docker->operands.empty() && step.docker->operands.front().known();
  };
  return runs(a) && runs(b) && a.docker->operands.front().text == b.docker->operands.front().text;
}

// Another task of the stack ends the script: its status is all that the caller gets.
const Step* task_after(const Timeline& timeline, const Step& step) {
  const std::size_t at = index_of(timeline, step);
  const Step* found = nullptr;
  for (std::size_t i = at + 1; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (other.detached != step.detached || applies_a_migration(other)) continue;
    if (timeline.reach(at, i) != Reach::kAlways || other.conditions != step.conditions) continue;
    if (other.launcher != Launcher::kNone && same_place(other, step)) found = &other;
  }
  const bool task = found != nullptr && (are_of_one_container(*found, step) ||
                                         (found->call && step.call && !found->call->inner.empty() &&
                                          may_share_stack(*found->call, *step.call)));
  return task && found->effect != Effect::kReads && found->role != Role::kStatus ? found : nullptr;
}

// Whatever its caller does with the status, or in the background: a script still ends where its own
// errexit says so.
bool ends_script_of(const Step& step, const Step& later) {
  return step.errexit && later.span.file == step.span.file;
}

// `for step in upgrade db:add-missing-indices; do … occ "$step"; done`: the next turn begins
// whatever came of this one.
const Branch* loop_that_goes_on(const Timeline& timeline, const Step& step) {
  for (const Condition& way : step.conditions) {
    const Branch& loop = timeline.branches[way.branch];
    if (loop.kind != BranchKind::kFor || loop.arms != 1 || !loop.condition) continue;
    const bool from_list =
        std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
          const Span place = word.place();
          // Something stands behind it: the last turn is as if there were no loop.
          return place && contains(loop.condition, place) && place.end < loop.condition.end;
        });
    if (from_list) return &loop;
  }
  return nullptr;
}

// `migrate & pid=$!`, `up -d`, `wait $pid`: the new code serves on the schema of before.
bool starts_meanwhile(const Timeline& timeline, const Step& step, const Step* opened) {
  const Service* own = service_of(step);
  if (opened == nullptr || !opened->call || !opened->call->is("up")) return false;
  if (own == nullptr || !reaches_service(*opened->call, *own) || opened->background) return false;
  const std::string_view between = text_behind(step, *opened);
  return !between.empty() && between.find("wait") == between.npos &&
         is_of_a_release(timeline, *opened);
}

std::string subject(const Step& step) {
  return quoted(task_text(step)) + " (" + step.effect_name + ")";
}

Finding& report(const Step& step, std::string message, const Step* opened, RuleContext& context) {
  Finding& finding =
      context.report(asked_at(step), std::move(message), {"migration", step.effect_name});
  if (opened != nullptr) {
    finding.related.push_back({opened->span, "runs on whatever the migration left"});
  }
  return finding;
}

void on_step(const Step& step, RuleContext& context) {
  if (!applies_a_migration(step) || context.timeline() == nullptr || may_fail(step)) return;
  const Timeline& timeline = *context.timeline();
  if (is_repeated(timeline, step)) return;
  if (const Branch* loop = endless_loop(timeline, step)) {
    if (context.context() == Context::kDev) return;
    Finding& finding =
        report(step,
               subject(step) +
                   " is tried again for ever where it fails: the script neither goes on nor ends",
               nullptr, context);
    finding.severity = std::min(finding.severity, Severity::kWarning);
    finding.related.push_back({loop->span, "nothing but success ends the loop"});
    return;
  }
  const Step* opened = opened_after(timeline, step);
  const std::string then = opened == nullptr
                               ? ""
                               : ", and " + quoted(task_text(*opened)) + " on " +
                                     line_of(*opened, asked_at(step)) + " runs all the same";
  const auto inside = dropped_inside(step, Effect::kMigrates);
  if (inside && step.status != StatusUse::kDiscarded && !is_checked(timeline, step)) {
    report(step,
           quoted(inner_command_of(step)->line) + " (" + inside->name +
               ") may fail unnoticed: the shell in the container throws its exit status away by " +
               quoted(inside->drop) + then,
           opened, context);
    return;
  }
  if (step.status == StatusUse::kDiscarded) {
    if (step.background && starts_meanwhile(timeline, step, opened)) {
      report(step,
             subject(step) + " runs in the background: " + quoted(task_text(*opened)) + " on " +
                 line_of(*opened, asked_at(step)) +
                 " starts before it has ended, whatever comes of it",
             opened, context)
          .severity = Severity::kWarning;
      return;
    }
    if (opened != nullptr && ends_script_of(step, *opened)) return;
    if (is_checked(timeline, step)) return;
    if (step.background || hands_out_status(step)) return;
    if (says_that_it_failed(step) || says_behind_its_test(timeline, step)) {
      if (opened == nullptr || context.context() == Context::kDev) return;
      if (ends_behind_its_test(timeline, step) && !step.called_from.empty()) {
        const Span call = step.called_from.back();
        report(step,
               subject(step) + " may fail, and what calls it throws its exit status away, " +
                   quoted(call.text()) + " on line " +
                   std::to_string(call.file->line_of(call.begin)) + " of " +
                   std::string(file_name(call.file->path())) + then,
               opened, context);
        return;
      }
      Finding& finding =
          report(step, subject(step) + " may fail, and the script does no more than say so" + then,
                 opened, context);
      finding.severity = std::min(finding.severity, Severity::kWarning);
      return;
    }
    const std::string drop = written_drop(step);
    const std::string how = drop.empty() ? "" : " by " + quoted(drop);
    report(step, subject(step) + " may fail unnoticed: its exit status is thrown away" + how + then,
           opened, context);
    return;
  }
  if (step.status == StatusUse::kMasked) {
    const Step* next = next_stage(timeline, step);
    if (next == nullptr || reads_status(timeline, step) || is_checked(timeline, step)) return;
    report(step,
           subject(step) + " may fail unnoticed: the pipeline ends with the status of " +
               quoted(program_name(*next)) + then,
           opened, context);
    return;
  }
  if (step.status != StatusUse::kUnchecked || step.background) return;
  // A developer at a prompt reads it.
  if (context.context() != Context::kOps) return;
  if (opened != nullptr && ends_script_of(step, *opened)) return;
  if (opened == nullptr) {
    // What sets an application up has nothing behind it yet that a half of the schema could hurt.
    const bool ops = timeline.task.empty() && !makes_its_first_users(timeline, step);
    const Branch* loop = ops && !step.detached ? loop_that_goes_on(timeline, step) : nullptr;
    if (loop != nullptr && !reads_status(timeline, step) && !is_checked(timeline, step)) {
      Finding& finding = report(step,
                                subject(step) +
                                    " may fail, and the next turn of the loop runs all the same: "
                                    "the status of the script says nothing of it",
                                nullptr, context);
      finding.severity = std::min(finding.severity, Severity::kWarning);
      finding.related.push_back({loop->condition, "what the other turns are for"});
      return;
    }
    const Step* last = ops && !step.detached ? task_after(timeline, step) : nullptr;
    const Step* told =
        ops && !step.detached && last == nullptr ? ends_well_behind(timeline, step) : nullptr;
    if (told != nullptr && only_says(*told) && !ends_script_of(step, *told) &&
        !is_checked(timeline, step) && !is_answered_by_a_trap(step)) {
      Finding& finding = report(step,
                                subject(step) + " may fail, and the script ends with the 0 of " +
                                    quoted(program_name(*told)) + " on " +
                                    line_of(*told, asked_at(step)) + " all the same",
                                nullptr, context);
      finding.severity = std::min(finding.severity, Severity::kWarning);
      finding.related.push_back({told->span, "runs whatever came of it"});
      return;
    }
    if (last == nullptr || ends_script_of(step, *last)) return;
    if (reads_status(timeline, step) || is_checked(timeline, step)) return;
    Finding& finding = report(step,
                              subject(step) + " may fail, and " + quoted(task_text(*last)) +
                                  " on " + line_of(*last, asked_at(step)) +
                                  " runs all the same: the status of the script says nothing of it",
                              nullptr, context);
    finding.severity = std::min(finding.severity, Severity::kWarning);
    finding.related.push_back({last->span, "runs whatever came of it"});
    return;
  }
  if (reads_status(timeline, step) || is_checked(timeline, step)) return;
  Finding& finding = report(
      step, subject(step) + " may fail: nothing looks at its exit status" + then, opened, context);
  finding.severity = std::min(finding.severity, Severity::kWarning);
}

// The step that a finding tells of; null where no step of the task is its own.
const Step* told_of(const Timeline& timeline, const Finding& finding) {
  if (timeline.file != finding.span.file) return nullptr;
  for (const Step& step : timeline.steps) {
    if (asked_at(step) == finding.span) return &step;
  }
  return nullptr;
}

// The container migrates itself, and does not start where that fails.
bool is_done_at_the_start(const Step& step, const WorkspaceFacts& facts) {
  const Service* service = service_of(step);
  return service != nullptr && migrates_at_each_start(*service, facts, &step);
}

// A script without errexit: one `set -e` mends all of its migrations. `|| true` behind each of them
// is one way to go about it.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  using Way = std::tuple<const SourceFile*, std::string, std::string, StatusUse>;
  std::map<Way, std::vector<Finding*>> scripts;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff) continue;
    for (const TaskView& task : facts.tasks) {
      const Timeline& timeline = *task.timeline;
      const Step* step = told_of(timeline, *finding);
      if (step == nullptr) continue;
      if (is_done_at_the_start(*step, facts)) finding->severity = Severity::kOff;
      scripts[{timeline.file, timeline.task, finding->context, step->status}].push_back(finding);
      break;
    }
  }
  for (const auto& [script, all] : scripts) tell_once_a_file(facts, all);
  tell_same_words_once(findings);
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose run --rm app python manage.py migrate || true\n"
                  "docker compose up -d\n",
        .safe = "docker compose run --rm app python manage.py migrate || exit 1\n"
                "docker compose up -d\n",
    },
    {
        .unsafe = "set -e\n"
                  "docker compose run --rm app alembic upgrade head | tee migration.log\n"
                  "docker compose up -d\n",
        .safe = "set -eo pipefail\n"
                "docker compose run --rm app alembic upgrade head | tee migration.log\n"
                "docker compose up -d\n",
    },
};

}  // namespace

COMPOSELINT_RULE(migration_failure_ignored) = {
    .slug = "migration-failure-ignored",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "A migration may fail, and the script goes on as if it had not",
    .rationale =
        "`run` and `exec` hand through the exit status of the migration (measured with Compose "
        "2.40.3: 3 stays 3). With `|| true`, make's `-`, a pipe into `tee` without `pipefail`, "
        "`|| true` in the text of `sh -c`, or no errexit at all nobody gets to see it, and in the "
        "background it comes too late: the new "
        "code starts on the old schema, or on half of the new one, and the deploy ends with 0. "
        "`until … migrate; do sleep 2; done` waits for a database and repeats a migration that "
        "cannot succeed as well, without end (a warning).",
    .silent_on =
        "A failure that is said (`|| echo`), unless the stack is started or opened behind it, "
        "which is a warning where no developer is told. Scripts that read `$?` or `PIPESTATUS` "
        "next, or ask the migration tool for its status afterwards. Without errexit a migration is "
        "reported only where the stack is started or opened again behind it, or, in an operator's "
        "script, where another task of the stack or another turn of a `for` follows, or a message "
        "ends the script; and as a warning at most. Jobs of CI services, whose database is made "
        "for them. Scripts that make an application's first user. Creating a database, which fails "
        "where there is one. Migrations that a loop repeats behind it; loops that count or give "
        "up, and those of developers. Services whose entrypoint or command is a script of the "
        "repository that does the same, and ends where that fails. All but the first of a script "
        "that go the same way.",
    .examples = kExamples,
    .cwe = 252,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
