#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <cstddef>
#include <span>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/stacks/idle_service.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// A new image, or what one is built from, comes in.
bool brings_release(const Step& step) {
  if (step.call) return step.call->is("pull") || step.call->is("build");
  return false;
}

bool builds_or_pulls(const ComposeInvocation& call) {
  const OptionUse* pull = call.option("--pull");
  return call.has("--build") || (pull != nullptr && pull->value && pull->value->is("always"));
}

// The service itself is started; not what it depends on alone.
bool starts(const Step& step, const Service& service, const ComposeInvocation& by) {
  return step.call && step.call->is("up") && !step.call->opaque_options &&
         !step.call->has("--no-start") && same_stack(*step.call, by) &&
         reaches_service(*step.call, service);
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || !applies_a_migration(step) || context.timeline() == nullptr) return;
  const Service* service = service_of(step);
  if (service == nullptr || call.opaque_options || role_of(*service) == ServiceRole::kOneOff)
    return;
  const Timeline& timeline = *context.timeline();
  const Step* up = last_before(timeline, step, [&](const Step& other) {
    return starts(other, *service, call) && same_place(other, step);
  });
  if (up == nullptr) return;
  const std::size_t here = index_of(timeline, step);
  if (timeline.reach(index_of(timeline, *up), here) != Reach::kAlways) return;
  const Step* release = up;
  if (!builds_or_pulls(*up->call)) {
    release = last_before(timeline, *up, [&](const Step& other) {
      return brings_release(other) && same_place(other, step);
    });
    if (release == nullptr ||
        timeline.reach(index_of(timeline, *release), here) != Reach::kAlways) {
      return;
    }
  }
  // Migrated before as well, or down in between: this is something else.
  if (last_before(timeline, *up, applies_a_migration) != nullptr) return;
  if (life_of(timeline, step, *service, call).life != Life::kUp) return;
  Finding& finding = context.report(
      asked_at(step, call.verb_span),
      "the new release of " + quoted(service->name) + " is up since " +
          line_of(*up, asked_at(step, call.verb_span)) + " and works on the old schema until " +
          quoted(task_text(step)) + " (" + step.effect_name + ") is done",
      key_of(call));
  finding.related.push_back({up->span, "started here"});
  if (release != up) finding.related.push_back({release->span, "the new release comes in here"});
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_of_an_idle_service(facts, *finding)) finding->severity = Severity::kOff;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --build\n"
              "docker compose run --rm app python manage.py migrate\n",
    .safe = "docker compose build\n"
            "docker compose run --rm app python manage.py migrate\n"
            "docker compose up -d\n",
    .compose = "services:\n  app:\n    build: .\n",
}};

}  // namespace

COMPOSELINT_RULE(code_before_migration) = {
    .slug = "code-before-migration",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "The new release is started before its migration runs",
    .rationale =
        "`up` replaces the container as soon as the image is another one. Until the migration is "
        "through, the new code asks for columns that are not there: requests fail, workers drop "
        "their jobs, and a health check that looks at the database may never pass. `run --rm` "
        "takes the new image without anything being started: build or pull, migrate, then `up`.",
    .silent_on =
        "Migrations through `exec`, which need the container: migration-via-exec speaks of them. "
        "Scripts that bring no new image, start only the database first, or migrate before as "
        "well. Services that end at once, as neither their file nor their image says what to run.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
