#include <composelint/mounts.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

namespace composelint::rules {
namespace {

// The mount below whose target the path lies, where the host has that place elsewhere.
const Mount* mount_of(const Service& service, std::string_view path) {
  for (const Mount& mount : service.mounts) {
    if (!mount.known || mount.target.size() < 2) continue;
    if (mount.type != "volume" && mount.type != "bind") continue;
    if (path == mount.target || !lies_below(path, mount.target)) continue;
    if (mount.type == "bind" && (mount.source == mount.target || lies_below(path, mount.source)))
      continue;
    return &mount;
  }
  return nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!(call.is("exec") || call.is("run")) || call.inner.empty() || call.opaque_options) return;
  if (step.out.kind != StreamKind::kFile || step.place == Place::kContainer) return;
  const std::string& path = step.out.target.text;
  const Argument* name = call.service();
  if (!path.starts_with('/') || name == nullptr || call.target.project == nullptr) return;
  const Service* service = call.target.project->service(name->text);
  const Mount* mount = service == nullptr ? nullptr : mount_of(*service, path);
  if (mount == nullptr) return;
  Finding& finding = context.report(step.out.span,
                                    "the script's own shell opens " + quoted(path) +
                                        ", on this machine: nothing of it gets to " +
                                        quoted(mount->target) + " in " + quoted(name->text),
                                    {call.verb, name->text, mount->target});
  finding.related.push_back({mount->span, quoted(mount->target) + " is mounted here"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db pg_dump -U app appdb > /backups/app.sql\n",
    .safe = "docker compose exec -T db sh -c 'pg_dump -U app appdb > /backups/app.sql'\n",
    .compose = "services:\n  db:\n    image: postgres:16\n    volumes:\n      - "
               "backups:/backups\nvolumes:\n  backups:\n",
}};

}  // namespace

COMPOSELINT_RULE(redirect_to_container_path) = {
    .slug = "redirect-to-container-path",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "Output is redirected to a path that means a volume in the container",
    .rationale =
        "`>` belongs to the script's shell: `exec db pg_dump > /backups/app.sql` writes to "
        "`/backups` of the host, whatever the container has mounted there (measured with Compose "
        "2.40.3). Where the host has no such directory the line fails before `exec` starts; where "
        "it has one, the backup is not where it is looked for.",
    .silent_on =
        "Bind mounts whose place on the host is the same path. Relative paths. Redirects inside of "
        "`sh -c`.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
