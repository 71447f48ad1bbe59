#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

bool begins_with_a_drive(std::string_view target) {
  return target.size() > 2 && std::isalpha(static_cast<unsigned char>(target[0])) != 0 &&
         target[1] == ':' && target[2] == '/';
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  for (const Mount& mount : service.mounts) {
    if (mount.type != "volume" || !mount.source.empty() || !mount.known || !mount.span) continue;
    if (!begins_with_a_drive(mount.target)) continue;
    const std::string name = mount.target.substr(0, 1);
    const auto declared = std::find_if(project.volumes.begin(), project.volumes.end(),
                                       [&](const Volume& volume) { return volume.key == name; });
    Finding& finding = context.report(
        mount.span,
        quoted(mount.target) + " is read as a path on a Windows drive, not as the volume " +
            quoted(name) + ": the container of " + quoted(service.name) +
            " is refused with \"mount path must be absolute\"",
        {service.name, mount.target});
    if (declared == project.volumes.end()) continue;
    finding.related.push_back({declared->span, "the volume is declared here, and not used"});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  db:\n"
              "    image: postgres:16\n"
              "    volumes: [\"d:/var/lib/postgresql/data\"]\n"
              "volumes:\n"
              "  d:\n",
    .safe = "services:\n"
            "  db:\n"
            "    image: postgres:16\n"
            "    volumes: [\"data:/var/lib/postgresql/data\"]\n"
            "volumes:\n"
            "  data:\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(drive_letter_volume) = {
    .slug = "drive-letter-volume",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A volume with a name of one letter is taken for a Windows drive",
    .rationale =
        "`d:/data` is a path on a drive for Compose, on Linux too: an anonymous volume at "
        "`d:/data`. `config` says nothing, exit code 0 (measured with 2.40.3), and the start fails "
        "with `mount path must be absolute`. A longer name, or the long form with `source: d`, is "
        "a volume.",
    .silent_on = "Paths of a Windows host with a target behind them (`C:\\data:/data`).",
    .examples = kExamples,
    .on_service = on_service,
};

}  // namespace composelint::rules
