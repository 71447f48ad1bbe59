#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/lacking_services.h"

namespace composelint::rules {
namespace {

bool lacks(const Service& service, const Project&) {
  if (is_true(service.attribute("privileged"))) return false;
  const Value* dropped = service.attribute("cap_drop");
  return dropped == nullptr || dropped->items.empty();
}

void on_project(const Project& project, RuleContext& context) {
  for (const LackingServices& group : lacking_services(project, lacks)) {
    const Service& first = *group.services.front();
    context.report(first.span,
                   group.names() + " may forge packets, change owners and make device files: " +
                       quoted("cap_drop") +
                       " takes none of the capabilities away that Docker gives",
                   {first.name});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    cap_drop: [ALL]\n"
            "    cap_add: [NET_BIND_SERVICE]\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.4", "OWASP-Docker-3"};

}  // namespace

COMPOSELINT_RULE(capabilities_not_dropped) = {
    .slug = "capabilities-not-dropped",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A container keeps every capability that Docker gives by default",
    .rationale =
        "Docker gives root in a container fourteen capabilities, among them `NET_RAW` (forged "
        "packets on the network of the stack), `MKNOD`, `SETUID` and `DAC_OVERRIDE`. Most "
        "services need none or one of them: `cap_drop: [ALL]` with a short `cap_add` keeps what "
        "a break-in could use small. There is no fix, as which ones an image needs shows only "
        "when it runs. Reported once a file.",
    .silent_on =
        "Services that drop some. Privileged services. Services that are only there for others "
        "to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
