#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* user = service.attribute("user");
  if (user == nullptr || is_template(service, project)) return;
  const std::string text = text_at(service, "user");
  const std::string name = text.substr(0, text.find(':'));
  if (name != "root" && name != "0") return;
  context.report(place_of(*user, service),
                 quoted(service.name) +
                     " runs as root because the file says so, whatever user its "
                     "image has: a way out of the container leads to the host's root",
                 {service.name});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    user: root\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    user: \"1000:1000\"\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"OWASP-Docker-2"};

}  // namespace

COMPOSELINT_RULE(root_user) = {
    .slug = "root-user",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service is made to run as root",
    .rationale =
        "`user: root` takes back what the image's `USER` gave. Root in a container is root of "
        "the host unless the engine maps users: files it writes into bind mounts are root's, and "
        "what gets out is root. Often it is there because a volume belonged to root once: "
        "`chown` it, or let a one-off service do so.",
    .silent_on =
        "Services without `user`: what the image says is not known here. Services that are only "
        "there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules
