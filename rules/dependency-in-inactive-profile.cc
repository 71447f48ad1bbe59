#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/profile_gap.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

std::string profiles_of(const Service& service) {
  std::vector<std::string> names;
  for (const Located<std::string>& profile : service.profiles) names.push_back(profile.value);
  return (names.size() == 1 ? "the profile " : "one of the profiles ") + listed(names);
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (has_profiles_nearby(project)) return;
  for (const DependsOn& on : service.depends_on) {
    const Service* target = lacking_for(service, on, project);
    if (target == nullptr) continue;
    Finding& finding = context.report(
        on.span ? on.span : service.span,
        quoted(service.name) + " needs " + quoted(target->name) + ", which is there with " +
            profiles_of(*target) +
            " alone: without it Compose refuses the project with \"depends on undefined "
            "service\"",
        {service.name, target->name});
    finding.related.push_back({target->span, quoted(target->name) + " is declared here"});
  }
}

bool reads(const Project& project, const Finding& finding) {
  return std::any_of(project.written.begin(), project.written.end(),
                     [&](const WrittenFile& each) { return each.file == finding.span.file; });
}

// A call of the run that Compose refuses for it.
const ComposeInvocation* refused_by(const Finding& finding, const WorkspaceFacts& facts) {
  for (const TaskView& task : facts.tasks) {
    if (task.context == Context::kDocs) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.call || step.place == Place::kContainer) continue;
      if (!is_refused_for_its_profiles(*step.call)) continue;
      const Project& project = *step.call->target.project;
      const Service* target = project.service(finding.key.back());
      if (reads(project, finding) && target != nullptr && !target->active) return &*step.call;
    }
  }
  return nullptr;
}

bool is_enabled(const Finding& finding, const WorkspaceFacts& facts) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const Service* target =
        reads(*project, finding) ? project->service(finding.key.back()) : nullptr;
    return target != nullptr && target->active;
  });
}

// Where some call of the run enables it, whoever uses the file knows; unless another one is
// refused. Those who need the same service are told of together.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::string>, Finding*> first;
  for (Finding* finding : findings) {
    const ComposeInvocation* call = refused_by(*finding, facts);
    if (call == nullptr && is_enabled(*finding, facts)) {
      finding->severity = Severity::kOff;
      continue;
    }
    const auto [known, fresh] =
        first.try_emplace({finding->span.file, finding->key.back()}, finding);
    if (!fresh) {
      merge_into(*known->second, *finding);
      continue;
    }
    if (call == nullptr) continue;
    finding->message +=
        ", as it does " + quoted(call->verb) + " on " + line_of(call->span, finding->span);
    finding->related.push_back({call->span, "refused here"});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app: {image: example/app:1.4, depends_on: [mail]}\n"
              "  mail: {image: example/mail:2, profiles: [mail]}\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    depends_on:\n"
            "      mail: {condition: service_started, required: false}\n"
            "  mail: {image: example/mail:2, profiles: [mail]}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(dependency_in_inactive_profile) = {
    .slug = "dependency-in-inactive-profile",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A service depends on one that only another profile enables",
    .rationale =
        "For Compose a service of an inactive profile is not there: `service \"app\" depends on "
        "undefined service \"mail\"`, exit code 1, for `ps` and `logs` too (measured with 2.40.3). "
        "Give both the profile, or say `required: false`.",
    .silent_on =
        "`required: false`. Projects for which `COMPOSE_PROFILES` is set in a file beside them, or "
        "that some script calls with the profile, and none without it.",
    .examples = kExamples,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
