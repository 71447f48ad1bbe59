#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/host_mount.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  for (const HostMount& mount : host_mounts(service, project)) {
    const bool both = mount.propagation == "shared" || mount.propagation == "rshared";
    const bool inwards = mount.propagation == "slave" || mount.propagation == "rslave";
    if (!both && !inwards) continue;
    Finding& finding =
        context.report(mount.span,
                       both ? "what is mounted in " + quoted(service.name) + " below " +
                                  quoted(mount.target) + " appears on the host below " +
                                  quoted(mount.source) + ", and the other way round"
                            : "whatever is mounted on the host below " + quoted(mount.source) +
                                  " appears in " + quoted(service.name) + " while it runs",
                       {service.name, mount.source});
    if (inwards) finding.severity = Severity::kNote;
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    volumes:\n"
              "      - /mnt/disks:/disks:rshared\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    volumes:\n"
            "      - /mnt/disks:/disks\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"CIS-Docker-5.20"};

}  // namespace

COMPOSELINT_RULE(shared_mount_propagation) = {
    .slug = "shared-mount-propagation",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "Mounts made in a container appear on the host, or those of the host in it",
    .rationale =
        "With `shared` a mount that a container makes is one of the host, where programs outside "
        "follow it; with `slave` disks that are mounted on the host later appear in the "
        "container (a note). Programs that mount for others (FUSE) need the first, monitors the "
        "second. Without it a container keeps the mounts it was started with.",
    .silent_on =
        "`private` and `rprivate`, which are the default. Services that are only there for "
        "others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 668,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules
