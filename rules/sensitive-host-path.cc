#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/files/host_path.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/host_mount.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Not what it may write and own the host with: that is another rule's.
const HostPath* shown(const HostMount& mount) {
  if (!mount.read_only && root_equivalent(mount.source) != nullptr) return nullptr;
  return sensitive(mount.source);
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  const HostMount* first = nullptr;
  std::vector<std::string> others;
  const std::vector<HostMount> mounts = host_mounts(service, project);
  for (const HostMount& mount : mounts) {
    if (shown(mount) == nullptr) continue;
    if (first == nullptr) {
      first = &mount;
    } else {
      others.push_back(mount.source);
    }
  }
  if (first == nullptr) return;
  context.report(first->span,
                 quoted(service.name) + " sees " + quoted(first->source) + " of the host" +
                     (others.empty() ? "" : " as well as " + listed(others)) + ": " +
                     std::string(shown(*first)->what),
                 {service.name, first->source});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    volumes:\n"
              "      - /home:/home:ro\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    volumes:\n"
            "      - /srv/app:/srv/app:ro\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.6", "OWASP-Docker-8"};

}  // namespace

COMPOSELINT_RULE(sensitive_host_path) = {
    .slug = "sensitive-host-path",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service sees files of the host that are no business of a container",
    .rationale =
        "Read-only, `/etc` still holds password hashes and keys, `/proc` and `/sys` the state of "
        "the kernel, `/home` everybody's logins, `/var/lib/docker` the environment of every "
        "container; the bus and the socket of systemd start programs on the host whatever the "
        "mount's mode. Monitors need some of it: a comment that allows it says which.",
    .silent_on =
        "Clock and time zone, certificates of authorities, kernel modules, `/etc/passwd` "
        "read-only, directories of a program. What may be written: "
        "[writable-root-equivalent-path](writable-root-equivalent-path.md). Relative paths. "
        "Services that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 668,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules
