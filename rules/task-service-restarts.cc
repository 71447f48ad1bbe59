#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_task.h>
#include <composelint/value.h>

#include <optional>
#include <string>
#include <utility>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/image_task.h"
#include "analyzer/signs/stacks/one_shot.h"

namespace composelint::rules {
namespace {

// The policy that starts a container again whatever it ended with; null where there is none.
const Value* endless_policy(const Service& service) {
  const Value* restart = service.attribute("restart");
  if (restart != nullptr) {
    const bool endless =
        restart->known && (restart->text == "always" || restart->text == "unless-stopped");
    return endless ? restart : nullptr;
  }
  const Value* policy = service.attribute("deploy.restart_policy.condition");
  return policy != nullptr && policy->known && policy->text == "any" ? policy : nullptr;
}

std::optional<Fix> only_on_failure(const Value& policy) {
  const bool plain = policy.span && policy.trail == nullptr && policy.span.text() == policy.text;
  if (!plain) return std::nullopt;
  return Fix{
      "Start it again only when it fails", FixSafety::kUnsafe, {{policy.span, "on-failure"}}};
}

void look_at(const Service& service, const Project& project, const WorkspaceFacts& facts,
             RuleContext& context) {
  const Value* policy = endless_policy(service);
  if (policy == nullptr || service.replicas == 0 || is_template(service, project)) return;
  const bool told = service.command || service.entrypoint || !service.build;
  const ServiceTask task = told ? own_task(service) : image_task(service, facts);
  const Dependant user = waiting_for_the_end(service, project);
  const bool known = task.ends && (changes_data(task) || task.effect == Effect::kAdministers ||
                                   task.effect == Effect::kDumps);
  if (!known && user.service == nullptr) return;
  const std::string what = known ? " (" + task.name + ")" : "";
  const std::string so = user.service == nullptr
                             ? "it runs again and again for as long as the stack is up"
                             : quoted(user.service->name) + " waits for an end that does not last";
  Finding& finding = context.report(
      place_of(*policy, service),
      quoted(service.name) + what + " is started again each time it ends: " + so, {service.name});
  if (user.on != nullptr) finding.related.push_back({user.on->span, "its end is waited for here"});
  if (auto fix = only_on_failure(*policy)) finding.fixes.push_back(std::move(*fix));
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) {
    for (const Service& service : project->services) look_at(service, *project, facts, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  migrate:\n"
              "    image: example/app:1.4\n"
              "    command: alembic upgrade head\n"
              "    restart: always\n",
    .safe = "services:\n"
            "  migrate:\n"
            "    image: example/app:1.4\n"
            "    command: alembic upgrade head\n"
            "    restart: on-failure\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(task_service_restarts) = {
    .slug = "task-service-restarts",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kNote},
    .summary = "A task is started again each time it ends",
    .rationale =
        "`restart: always` and `unless-stopped` start a container again whatever it ended with, a "
        "success too. A migration, an import or a backup then runs in a circle with ever longer "
        "pauses, up to a minute, and a service that waits with `service_completed_successfully` "
        "finds it restarting instead of ended. Where the file gives no command, the `CMD` of the "
        "service's Dockerfile counts. `on-failure` tries again only what failed; `run` "
        "takes no restart policy over.",
    .silent_on =
        "Commands that are not known to end, unless another service waits for their end. "
        "`on-failure`, and `no`. Services that are only there for others to be made from.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
