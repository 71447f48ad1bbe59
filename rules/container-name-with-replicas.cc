#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <span>
#include <string>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/stack_deploy.h"
#include "analyzer/signs/stacks/stack_parts.h"

namespace composelint::rules {
namespace {

const Value* count_of(const Service& service) {
  const Value* scale = service.attribute("scale");
  return scale != nullptr ? scale : service.attribute("deploy.replicas");
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* name = service.attribute("container_name");
  const Value* count = count_of(service);
  if (name == nullptr || count == nullptr || service.replicas < 2) return;
  if (!count->known || is_template(service, project)) return;
  Finding& finding =
      context.report(place_of(*name, service),
                     quoted(service.name) + " is to run " + std::to_string(service.replicas) +
                         " times under one container name: Compose refuses the project",
                     {service.name, plain_text(*name)});
  finding.related.push_back({place_of(*count, service), "the number of containers"});
}

// Swarm takes no notice of `container_name`.
bool is_for_swarm_alone(const WorkspaceFacts& facts, const SourceFile& file) {
  if (!is_deployed_to_swarm(facts, file)) return false;
  return std::none_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(),
                       [&](const Step& step) {
                         const Project* project = step.call ? step.call->target.project : nullptr;
                         return project != nullptr && !step.call->is("config") &&
                                !step.call->is("build") && reads(*project, &file);
                       });
  });
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_for_swarm_alone(facts, *finding->span.file)) finding->severity = Severity::kOff;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  worker:\n"
              "    image: example/app:1.4\n"
              "    container_name: worker\n"
              "    deploy: {replicas: 3}\n",
    .safe = "services:\n"
            "  worker:\n"
            "    image: example/app:1.4\n"
            "    deploy: {replicas: 3}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(container_name_with_replicas) = {
    .slug = "container-name-with-replicas",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "Several containers of a service are to have one name",
    .rationale =
        "`can't set container_name and worker as container name must be unique`: Compose refuses "
        "the project with exit code 1, for `ps` and `logs` too (measured with 2.40.3). Without "
        "`container_name` the containers are called `PROJECT-SERVICE-1`, `-2`, ….",
    .silent_on =
        "One replica or none. A number that hangs on a variable nobody set. Files that a script or "
        "README gives to `docker stack deploy`, and no call of Compose starts: Swarm takes no "
        "notice of the name.",
    .examples = kExamples,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
