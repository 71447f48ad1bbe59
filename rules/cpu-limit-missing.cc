#include <composelint/rule.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/missing_attribute.h"

namespace composelint::rules {
namespace {

void on_project(const Project& project, RuleContext& context) {
  report_missing_limit(project, context, {"cpus", "cpu_quota", "deploy.resources.limits.cpus"},
                       "CPU limit", "may take every core of the host from the others");
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    cpus: 1.5\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.12", "OWASP-Docker-7"};

}  // namespace

COMPOSELINT_RULE(cpu_limit_missing) = {
    .slug = "cpu-limit-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A service has no CPU limit",
    .rationale =
        "All containers of a host share its cores. One that spins takes as many of them as it has "
        "threads, and health checks of the others begin to time out. `cpus` or "
        "`deploy.resources.limits.cpus` is a bound; `cpu_shares` only a weight.",
    .silent_on =
        "A limit in either place (`cpus`, `cpu_quota`, `deploy.resources.limits.cpus`), one that "
        "hangs on a "
        "variable too. Services that are only there for others to be made from.",
    .examples = kExamples,
    .cwe = 770,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
