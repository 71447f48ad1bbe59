#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/relative_target.h"

namespace composelint::rules {
namespace {

bool is_used(const Volume& volume, const Project& project) {
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
    return std::any_of(each.mounts.begin(), each.mounts.end(),
                       [&](const Mount& mount) { return mount.source == volume.key; });
  });
}

void tell(const Mount& mount, const Service& service, const Project& project,
          RuleContext& context) {
  const bool alone = mount.source.empty();
  const bool folder = mount.span.text().find("./") != std::string_view::npos;
  const std::string what = !alone ? quoted(mount.target) + " is no absolute path"
                                  : quoted((folder ? "./" : "") + mount.target) +
                                        " alone is a path in the container, not " +
                                        (folder ? "a folder of the host" : "the name of a volume");
  Finding& finding = context.report(mount.span,
                                    what + ": the container of " + quoted(service.name) +
                                        " is refused with \"mount path must be absolute\"",
                                    {service.name, mount.target});
  const auto declared =
      std::find_if(project.volumes.begin(), project.volumes.end(),
                   [&](const Volume& volume) { return volume.key == mount.target; });
  if (declared == project.volumes.end() || folder || is_used(*declared, project)) return;
  finding.related.push_back({declared->span, "the volume is declared here, and not used"});
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  for (const Mount& mount : service.mounts) {
    if (has_relative_target(mount)) tell(mount, service, project, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  db:\n"
              "    image: postgres:16\n"
              "    volumes: [data]\n"
              "volumes:\n"
              "  data:\n",
    .safe = "services:\n"
            "  db:\n"
            "    image: postgres:16\n"
            "    volumes: [\"data:/var/lib/postgresql/data\"]\n"
            "volumes:\n"
            "  data:\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(relative_volume_target) = {
    .slug = "relative-volume-target",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A volume is mounted at what is no absolute path of the container",
    .rationale =
        "A short volume of one word is an anonymous volume at that path, whether or not a volume "
        "is called so: `volumes: [data]` asks for one at `data`. `config` says nothing, and the "
        "engine makes no container, neither with it nor with `./data:var/lib/data`: \"mount path "
        "must be absolute\" (measured with Compose 2.40.3 and engine 20.10.24). "
        "`data:/var/lib/data` mounts the volume.",
    .silent_on =
        "Places that hang on a variable. Paths of Windows. Services that are only there for "
        "others to be made from.",
    .examples = kExamples,
    .on_service = on_service,
};

}  // namespace composelint::rules
