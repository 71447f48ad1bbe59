#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <string>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool share_profile(const Service& a, const Service& b) {
  return std::any_of(a.profiles.begin(), a.profiles.end(), [&](const auto& profile) {
    return !profile.known ||
           std::any_of(b.profiles.begin(), b.profiles.end(), [&](const auto& other) {
             return !other.known || other.value == profile.value;
           });
  });
}

// Naming a service turns its own profiles on, and no others.
const DependsOn* unreachable(const Project& project, const Service& service) {
  for (const DependsOn& on : service.depends_on) {
    const Service* other = project.service(on.service);
    if (other != nullptr && on.required && !other->active && !share_profile(service, *other))
      return &on;
  }
  return nullptr;
}

void on_invocation(const Step&, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--no-deps") || call.opaque_options || call.opaque_global) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr) return;
  const Service* service = project->service(name->text);
  // Where the service itself is active, Compose refuses the whole project.
  if (service == nullptr || service->active) return;
  const DependsOn* on = unreachable(*project, *service);
  if (on == nullptr) return;
  for (const Project* other : call.target.others) {
    const Service* there = other->service(name->text);
    if (there == nullptr || unreachable(*other, *there) == nullptr) return;
  }
  const Service& needed = *project->service(on->service);
  const std::string profile = needed.profiles.empty() ? "" : needed.profiles.front().value;
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) + " fails with \"no such service: " + needed.name +
                         "\": " + quoted(name->text) + " depends on it, and its profile " +
                         quoted(profile) + " is not on",
                     {"run", name->text, needed.name});
  finding.related.push_back({on->span, "the dependency"});
  finding.related.push_back({needed.span, quoted(needed.name) + " is declared here"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm migrate\n",
    .safe = "docker compose --profile storage run --rm migrate\n",
    .compose = "services:\n  migrate:\n    image: example/app:1.4\n    profiles: [tools]\n    "
               "depends_on: [db]\n  db:\n    image: postgres:16\n    profiles: [storage]\n",
}};

}  // namespace

COMPOSELINT_RULE(run_profile_dependency) = {
    .slug = "run-profile-dependency",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "run of a service whose dependency sits in a profile that is not on",
    .rationale =
        "A service of an inactive profile can be run by its name, which turns its own profiles on. "
        "What it depends on in another profile stays off: `run` ends with 1 and `no such service`, "
        "and `config -q` on the default profile does not show it (measured with Compose 2.40.3).",
    .silent_on =
        "Dependencies that share a profile with the service, are not required, or whose profile "
        "`--profile` or COMPOSE_PROFILES turns on. `--no-deps`.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
