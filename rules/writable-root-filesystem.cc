#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/lacking_services.h"

namespace composelint::rules {
namespace {

bool lacks(const Service& service, const Project&) {
  const Value* read_only = service.attribute("read_only");
  return read_only == nullptr || (read_only->known && !read_only->boolean);
}

void on_project(const Project& project, RuleContext& context) {
  for (const LackingServices& group : lacking_services(project, lacks)) {
    const Service& first = *group.services.front();
    context.report(first.span,
                   "who breaks into " + group.names() +
                       " may change its programs and leave others behind: the root file system is "
                       "writable",
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
            "    read_only: true\n"
            "    tmpfs: [/tmp]\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.13", "OWASP-Docker-8"};

}  // namespace

COMPOSELINT_RULE(writable_root_filesystem) = {
    .slug = "writable-root-filesystem",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A container's root file system is writable",
    .rationale =
        "With `read_only: true` what an attacker writes has no place to stay, and what an "
        "application writes into its container by mistake fails at once instead of being lost "
        "with it. `tmpfs` and volumes are the places that may be written. There is no fix, as "
        "which paths an image writes to shows only when it runs. Reported once a file.",
    .silent_on = "Services that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 732,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
