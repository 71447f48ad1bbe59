#include <composelint/rule.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/missing_attribute.h"

namespace composelint::rules {
namespace {

void on_project(const Project& project, RuleContext& context) {
  report_missing_limit(project, context, {"mem_limit", "deploy.resources.limits.memory"},
                       "memory limit",
                       "may take all memory of the host, and the kernel then picks what to kill");
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    mem_limit: 512m\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.11", "OWASP-Docker-7"};

}  // namespace

COMPOSELINT_RULE(memory_limit_missing) = {
    .slug = "memory-limit-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A service has no memory limit",
    .rationale =
        "Without a limit a leak in one container is a shortage for all of the host: the kernel's "
        "OOM killer ends whatever process it finds the most worth, often the database. With "
        "`mem_limit` or `deploy.resources.limits.memory` the container at fault is the one that "
        "is killed, and a restart policy brings it back.",
    .silent_on =
        "A limit in either place (`mem_limit`, `deploy.resources.limits.memory`), one that hangs "
        "on a variable too. Services that are only there for others to be made from.",
    .examples = kExamples,
    .cwe = 770,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
