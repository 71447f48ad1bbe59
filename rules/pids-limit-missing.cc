#include <composelint/rule.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/missing_attribute.h"

namespace composelint::rules {
namespace {

void on_project(const Project& project, RuleContext& context) {
  report_missing_limit(project, context, {"pids_limit", "deploy.resources.limits.pids"},
                       "limit of processes", "may start processes until the host can start none");
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    pids_limit: 200\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.29", "OWASP-Docker-7"};

}  // namespace

COMPOSELINT_RULE(pids_limit_missing) = {
    .slug = "pids-limit-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A service has no limit of processes",
    .rationale =
        "A fork bomb, or a program that never waits for its children, fills the process table of "
        "the host, and then nobody can log in to stop it. `pids_limit` or "
        "`deploy.resources.limits.pids` keeps that inside of one container; `-1` and `0` mean no "
        "limit.",
    .silent_on =
        "A limit in either place (`pids_limit`, `deploy.resources.limits.pids`), one that hangs "
        "on a variable too. Services that are only there for others to be made from.",
    .examples = kExamples,
    .cwe = 770,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
