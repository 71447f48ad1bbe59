#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/files/host_path.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/host_mount.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  for (const HostMount& mount : host_mounts(service, project)) {
    const HostPath* path = mount.read_only ? nullptr : root_equivalent(mount.source);
    if (path == nullptr) continue;
    context.report(mount.span,
                   quoted(service.name) + " may write " + quoted(mount.source) +
                       " of the host, and with it " + std::string(path->what) +
                       ": that is root on the host",
                   {service.name, mount.source});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    volumes:\n"
              "      - /etc:/host/etc\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    volumes:\n"
            "      - /etc/app:/etc/app:ro\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.6", "OWASP-Docker-8"};

}  // namespace

COMPOSELINT_RULE(writable_root_equivalent_path) = {
    .slug = "writable-root-equivalent-path",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service may write where root on the host reads its orders",
    .rationale =
        "Accounts, cron jobs, units, libraries, the kernel and the file systems of other "
        "containers are files: a container that may write them needs no hole to own the host. "
        "One directory below (`/etc/app`), a named volume, or `:ro` is mostly what was meant. "
        "Volumes whose `driver_opts` bind a directory are seen as well.",
    .silent_on =
        "Read-only mounts: [sensitive-host-path](sensitive-host-path.md) is about those. "
        "Directories of a program (`/etc/nginx`). Relative paths. Services that are only there "
        "for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 732,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules
