#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/sibling_files.h"
#include "analyzer/signs/stacks/relative_target.h"

namespace composelint::rules {
namespace {

// `./data`, as the file says it; the target alone has lost its `./`.
std::string_view as_written(const Mount& mount) {
  std::string_view text = mount.span.text();
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'')) {
    text = text.substr(1, text.size() - 2);
  }
  return text.find_first_of("\n{") == text.npos ? text : std::string_view(mount.target);
}

void look_at(const Service& service, const Project& project, const Mount& mount,
             RuleContext& context) {
  const std::string what = mount.source.empty()
                               ? quoted(as_written(mount)) +
                                     " alone is a path in the container, not the name of a volume"
                               : quoted(mount.target) + " is no absolute path";
  Finding& finding = context.report(mount.span,
                                    what + ": the container of " + quoted(service.name) +
                                        " is refused with \"mount path must be absolute\"",
                                    {service.name, mount.target});
  const auto declared =
      std::find_if(project.volumes.begin(), project.volumes.end(),
                   [&](const Volume& volume) { return volume.key == mount.target; });
  if (declared == project.volumes.end()) return;
  finding.related.push_back({declared->span, "the volume is declared here, and not meant by this"});
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  for (const Mount* mount : relative_targets(service)) look_at(service, project, *mount, context);
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
        "Places that hang on a variable, or that are blanks for another tool (`DIR_PLACE_HOLDER`, "
        "`@DIR@`). Paths of Windows. Services that are only there for others to be made from. The "
        "same line in files of one directory, and in files that something writes, is told once.",
    .examples = kExamples,
    .on_service = on_service,
    .on_findings = tell_same_line_once,
};

}  // namespace composelint::rules
