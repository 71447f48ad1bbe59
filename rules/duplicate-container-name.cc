#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <map>
#include <span>
#include <string>
#include <vector>

#include "analyzer/signs/stacks/started_together.h"

namespace composelint::rules {
namespace {

void on_project(const Project& project, RuleContext& context) {
  std::map<std::string, std::vector<const Service*>> owners;
  for (const Service& service : project.services) {
    if (!service.container_name || !service.container_name->known) continue;
    std::vector<const Service*>& others = owners[service.container_name->value];
    for (const Service* other : others) {
      if (!start_together(*other, service, project)) continue;
      const Span own = service.container_name->from.span;
      Finding& finding =
          context.report(own ? own : service.span,
                         quoted(other->name) + " and " + quoted(service.name) +
                             " are both to be called " + quoted(service.container_name->value) +
                             ": Compose refuses the project as soon as both are active",
                         {service.container_name->value, other->name, service.name});
      const Span first = other->container_name->from.span;
      finding.related.push_back({first ? first : other->span, quoted(other->name) + " has it"});
      break;
    }
    others.push_back(&service);
  }
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (!calls_may_start(facts, finding->span.file, finding->key[1], finding->key[2])) {
      finding->severity = Severity::kOff;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app: {image: example/app:1.4, container_name: shop}\n"
              "  worker: {image: example/app:1.4, container_name: shop}\n",
    .safe = "services:\n"
            "  app: {image: example/app:1.4, container_name: shop}\n"
            "  worker: {image: example/app:1.4, container_name: shop-worker}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(duplicate_container_name) = {
    .slug = "duplicate-container-name",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "Two services give their containers the same name",
    .rationale =
        "An engine has each container name once. `docker compose config` refuses such a project: "
        "`container name \"shop\" is already in use by service …`, exit code 1 (measured with "
        "2.40.3), and `up` comes as far as the second container. It mostly comes of a copied "
        "service, or of a merge key that brings the name along.",
    .silent_on =
        "Services of different profiles, which replace each other. Names that hang on a variable "
        "nobody set. Services that are only there for others to be made from. Projects of which "
        "scripts start one at a time.",
    .examples = kExamples,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
