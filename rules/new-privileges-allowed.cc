#include <composelint/attributes.h>
#include <composelint/lacking_services.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>
#include <composelint/written_service.h>

#include <algorithm>
#include <array>

namespace composelint::rules {
namespace {

// Whether an option forbids them; nothing where it is about something else.
std::optional<bool> forbids(const Value& option) {
  std::string_view text = option.text;
  constexpr std::string_view kName = "no-new-privileges";
  if (!text.starts_with(kName)) return std::nullopt;
  text.remove_prefix(kName.size());
  return text.empty() || text.substr(1) == "true";
}

bool lacks(const Service& service, const Project&) {
  if (is_true(service.attribute("privileged"))) return false;
  const Value* options = service.attribute("security_opt");
  if (options == nullptr) return true;
  return std::none_of(options->items.begin(), options->items.end(), [](const Value& option) {
    return !option.known || forbids(option).value_or(false);
  });
}

std::optional<Edit> forbid(const Service& service, const Project& project) {
  constexpr std::string_view kOption = "no-new-privileges:true";
  const yaml::Node* written = written_service(service, project);
  if (written == nullptr) return std::nullopt;
  const yaml::Node* options = written->find("security_opt");
  const Value* resolved = service.attribute("security_opt");
  if (options == nullptr) {
    // What comes from elsewhere would be lost where lists are not joined.
    if (resolved != nullptr) return std::nullopt;
    return append_list(*written, "security_opt", kOption);
  }
  for (const yaml::Node* item : options->items) {
    if (item->text.starts_with("no-new-privileges")) return std::nullopt;
  }
  return append_item(*options, kOption);
}

void on_project(const Project& project, RuleContext& context) {
  for (const LackingServices& group : lacking_services(project, lacks)) {
    const Service& first = *group.services.front();
    Finding& finding =
        context.report(first.span,
                       "programs in " + group.names() +
                           " may gain rights by setuid bits that they were not started with: " +
                           quoted("no-new-privileges") + " is not set",
                       {first.name});
    Fix fix{"Set no-new-privileges", FixSafety::kUnsafe, {}};
    for (const Service* service : group.services) {
      if (auto edit = forbid(*service, project)) fix.edits.push_back(std::move(*edit));
    }
    if (fix.edits.size() == group.services.size()) finding.fixes.push_back(std::move(fix));
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    security_opt:\n"
            "      - no-new-privileges:true\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.26", "OWASP-Docker-4"};

}  // namespace

COMPOSELINT_RULE(new_privileges_allowed) = {
    .slug = "new-privileges-allowed",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A container may gain rights that it was not started with",
    .rationale =
        "A process that is not root may start a program with the setuid bit (`su`, `sudo`, "
        "`mount`) and be root in the container. With `security_opt: [no-new-privileges:true]` "
        "the kernel ignores those bits. An image that uses `sudo` in its entrypoint stops "
        "working with it; one that starts as root and drops rights itself (`gosu`, `su-exec`) "
        "does not notice. Reported once a file.",
    .silent_on =
        "Privileged services: [privileged-service](privileged-service.md) is about those. "
        "Services that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 269,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
