#include <composelint/attributes.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

std::string profiles_of(const Service& service) {
  std::vector<std::string> names;
  for (const Located<std::string>& profile : service.profiles) names.push_back(profile.value);
  return (names.size() == 1 ? "the profile " : "one of the profiles ") + listed(names);
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const auto& nearby = project.set_nearby;
  if (!service.active || std::binary_search(nearby.begin(), nearby.end(), "COMPOSE_PROFILES")) {
    return;
  }
  for (const DependsOn& on : service.depends_on) {
    const Service* target = project.service(on.service);
    if (!on.required || target == nullptr || target->active || target->profiles.empty()) continue;
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

// Some call of the run enables it: whoever uses the file knows.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    for (const Project* project : facts.projects) {
      const bool holds = std::find(project->files.begin(), project->files.end(),
                                   finding->span.file) != project->files.end();
      const Service* target = holds ? project->service(finding->key.back()) : nullptr;
      if (target != nullptr && target->active) finding->severity = Severity::kOff;
    }
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
        "that some script calls with the profile.",
    .examples = kExamples,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
