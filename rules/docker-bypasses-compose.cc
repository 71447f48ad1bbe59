#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

// Verbs of docker that change a container, and what compose has for them.
struct Twin {
  std::string_view docker;
  std::string_view compose;
};
constexpr std::array<Twin, 6> kTwins = {{{"container kill", "kill"},
                                         {"container restart", "restart"},
                                         {"container rm", "rm"},
                                         {"container start", "start"},
                                         {"container stop", "stop"},
                                         {"container update", "up"}}};

struct Named {
  const Service* service = nullptr;
  bool several = false;  // more than one stack gives this name
};

Named service_with_container(const WorkspaceFacts& facts, const std::string& name) {
  Named found;
  for (const Project* project : facts.projects) {
    for (const Service& service : project->services) {
      const auto& given = service.container_name;
      if (!given || !given->known || given->value != name) continue;
      found.several = found.service != nullptr && found.service->name != service.name;
      if (found.several) return found;
      found.service = &service;
    }
  }
  return found;
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    if (task.context != Context::kOps) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || step.place != Place::kHost) continue;
      const DockerInvocation& line = *step.docker;
      const auto twin = std::find_if(kTwins.begin(), kTwins.end(),
                                     [&](const Twin& each) { return line.is(each.docker); });
      if (twin == kTwins.end()) continue;
      for (const Argument& operand : line.operands) {
        if (!operand.known()) continue;
        const Named named = service_with_container(facts, operand.text);
        if (named.service == nullptr || named.several) continue;
        Finding& finding = context.report(
            operand.place(),
            quoted(operand.text) + " is the container of the service " +
                quoted(named.service->name) + ": " + quoted("docker " + line.verb) +
                " goes past compose, which would take its dependencies and its configuration "
                "into account",
            {line.verb, operand.text});
        finding.related.push_back({named.service->container_name->from.span, "named here"});
        break;
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker restart shop-web\n",
    .safe = "docker compose restart web\n",
    .compose = "services:\n  web:\n    image: example/web:1.4\n    container_name: shop-web\n",
}};

}  // namespace

COMPOSELINT_RULE(docker_bypasses_compose) = {
    .slug = "docker-bypasses-compose",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "docker changes a container that belongs to a compose service",
    .rationale =
        "A container that compose made is compose's to start, stop and remove: it knows the "
        "dependencies, which configuration it was made from, and which other containers the "
        "service has. `docker rm` of one leaves a service that `up` makes anew, with another "
        "anonymous volume; `docker start` takes the old configuration.",
    .silent_on =
        "`docker exec`, `logs`, `cp`, `inspect`, which change no container. Names that no service "
        "of the workspace has as its `container_name`, or that services of two stacks have.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
