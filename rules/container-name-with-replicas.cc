#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <string>

#include "analyzer/signs/reports/attributes.h"

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
    .silent_on = "One replica or none. A number that hangs on a variable nobody set.",
    .examples = kExamples,
    .on_service = on_service,
};

}  // namespace composelint::rules
