#include <composelint/evidence.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/data/migrating_entrypoint.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/for_staging.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/renewal.h"
#include "analyzer/signs/stacks/writers.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

constexpr std::string_view kWorker = "the worker";

// Something is up already when the script begins: it looks at the stack, dumps from it, enters it.
bool is_about_running_stack(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step,
                     [&](const Step& other) {
                       if (!other.call || !same_place(other, step)) return false;
                       return other.call->is("exec") || other.call->is("ps") ||
                              other.call->is("logs");
                     }) != nullptr ||
         step.call->is("exec");
}

// What is there already is changed: a new release has come in, or a dump has been put back.
bool has_something_to_change(const Timeline& timeline, const Step& step) {
  return is_of_a_renewal(timeline, step) || last_before(timeline, step, [](const Step& other) {
                                              return other.effect == Effect::kRestores;
                                            }) != nullptr;
}

// `up -d web` before it, and `up -d` behind: the worker comes up with the second.
bool comes_up_later(const Service& worker, const Timeline& timeline, const Step& step) {
  const auto starts = [&](const Step& other) {
    return other.call && (other.call->is("up") || other.call->is("start")) &&
           may_share_stack(*other.call, *step.call);
  };
  const auto starts_it = [&](const Step& other) {
    return starts(other) && reaches_service(*other.call, worker);
  };
  const Step* up = last_before(timeline, step, starts);
  return up != nullptr && !up->call->operands.empty() &&
         last_before(timeline, step, starts_it) == nullptr &&
         first_after(timeline, step, starts_it) != nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!applies_a_migration(step) || context.timeline() == nullptr) return;
  if (call.target.project == nullptr || !(call.is("run") || call.is("exec"))) return;
  const Service* service = service_of(step);
  if (service == nullptr) return;
  std::vector<std::string> names;
  std::vector<Related> related;
  for (const Service* worker : workers_beside(*service, *call.target.project)) {
    if (comes_up_later(*worker, *context.timeline(), step)) continue;
    names.push_back(worker->name);
    related.push_back({worker->span, std::string(kWorker)});
  }
  if (names.empty() || !is_about_running_stack(*context.timeline(), step) ||
      !has_something_to_change(*context.timeline(), step) ||
      is_called_a_trial(*context.timeline(), step) ||
      is_on_a_new_database(*context.timeline(), step)) {
    return;
  }
  const Evidence pause = context.ask({Claim::kWritersPaused, Phase::kBefore, step});
  if (pause.truth != Truth::kRefuted) return;
  std::string message = listed(names) + (names.size() == 1 ? " goes" : " go") +
                        " on writing, by the old schema, while " + quoted(task_text(step)) + " (" +
                        step.effect_name + ") changes it";
  if (!pause.note.empty()) message += "; " + pause.note;
  Finding& finding =
      context.report(asked_at(step, call.verb_span), std::move(message), key_of(call));
  finding.related = pause.related;
  finding.related.insert(finding.related.end(), related.begin(), related.end());
}

// None of them runs by the old schema: each migrates where it starts.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    for (const Project* project : facts.projects) {
      for (const Service& service : project->services) {
        const bool worker =
            std::any_of(finding->related.begin(), finding->related.end(), [&](const Related& each) {
              return each.message == kWorker && each.span == service.span;
            });
        if (worker && migrates_at_each_start(service, facts)) finding->severity = Severity::kOff;
      }
    }
  }
  tell_once_a_file(facts, findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose ps\n"
              "docker compose run --rm app python manage.py migrate\n",
    .safe = "docker compose ps\n"
            "docker compose stop worker\n"
            "docker compose run --rm app python manage.py migrate\n"
            "docker compose start worker\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n  worker:\n    image: "
               "example/app:1.4\n    command: celery -A app worker\n",
}};

}  // namespace

COMPOSELINT_RULE(migration_with_live_writers) = {
    .slug = "migration-with-live-writers",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "Workers go on writing while a migration changes the schema",
    .rationale =
        "A worker that takes jobs meanwhile fails on columns that are gone, holds locks that the "
        "migration waits for, or writes rows by the old rules that no migration looks at again. "
        "`docker compose stop worker` lets it finish what it has and takes no more; maintenance "
        "mode or the queue's own pause do as well. A note: many migrations only add, and bear "
        "with it.",
    .silent_on =
        "Projects without a service that is a worker by its name and has the image or the build "
        "of the one that migrates. Scripts that stop or pause anything, scale it to nothing, "
        "switch maintenance mode on, ask the operator or call others that may. What an `up NAMES` "
        "behind a `stop` does not name stays stopped. Scripts that do not show that the stack is "
        "up and that there is something to change (a new release, a restore), and workers that "
        "they start only behind it, or whose own entrypoint migrates. Databases just made.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
