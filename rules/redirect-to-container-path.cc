#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/words/mention.h"

namespace composelint::rules {
namespace {

// Directories that machines have as well.
bool exists_anywhere(std::string_view path) {
  static constexpr std::array<std::string_view, 16> kFolders = {
      "/data", "/dev", "/etc", "/home", "/media", "/mnt", "/opt",     "/proc",
      "/root", "/run", "/srv", "/sys",  "/tmp",   "/usr", "/var/log", "/var/www"};
  return path == "/" || path == "/var" || path == "/var/lib" ||
         std::any_of(kFolders.begin(), kFolders.end(),
                     [&](std::string_view folder) { return lies_below(path, folder); });
}

// The machine has the directory, or a mount takes it from there.
bool is_of_this_machine(const Project& project, std::string_view folder) {
  if (lies_below(project.directory, folder)) return true;
  for (const Service& service : project.services) {
    for (const Mount& mount : service.mounts) {
      if (mount.type == "bind" && (lies_below(mount.source, folder) || !mount.known)) return true;
    }
  }
  return false;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr || context.timeline() == nullptr) return;
  if (step.place != Place::kHost || step.out.kind != StreamKind::kFile) return;
  const Argument& target = step.out.target;
  if (!target.known() || !target.text.starts_with('/')) return;
  const Service* service = project->service(name->text);
  if (service == nullptr || project->partial) return;
  for (const Mount& mount : service->mounts) {
    if (!mount.known || !lies_below(target.text, mount.target)) continue;
    const std::string& folder = mount.target;
    if (exists_anywhere(folder) || is_of_this_machine(*project, folder)) return;
    const Timeline& timeline = *context.timeline();
    const bool used =
        std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
          return &other != &step && other.launcher == Launcher::kNone && mentions(other, folder);
        });
    if (used) return;
    Finding& finding =
        context.report(target.place(),
                       quoted(target.text) + " is opened on this machine; " + quoted(folder) +
                           " is a place in the container of " + quoted(name->text) +
                           ": without such a directory here the command does not even start",
                       {call.verb, name->text, folder});
    finding.related.push_back({mount.span, quoted(folder) + " is mounted here"});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db pg_dump -U app appdb > /backups/app.sql\n",
    .safe = "docker compose exec -T db pg_dump -U app appdb > ./backups/app.sql\n",
    .compose = "services:\n  db:\n    image: postgres:16\n    volumes:\n      - "
               "data:/var/lib/postgresql/data\n      - ./backups:/backups\nvolumes:\n  data:\n",
}};

}  // namespace

COMPOSELINT_RULE(redirect_to_container_path) = {
    .slug = "redirect-to-container-path",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "Output is redirected to a path that only the container has",
    .rationale =
        "`>` belongs to the script's shell: `exec db echo a > /p/f` writes the `/p/f` of the host "
        "(measured with Compose 2.40.3). Where the path is the target of a mount the file was "
        "meant to lie in it; on the host the directory is missing, and the shell gives up before "
        "the command starts, or the file lands beside the mount. Write to the mount's source, or "
        "redirect in the container by `sh -c`.",
    .silent_on =
        "Directories that machines have as well (`/tmp`, `/srv`, `/data`, `/var/log`, …), that "
        "some mount of the project takes from the host, or that the script uses on the host "
        "elsewhere. Other machines, whose directories are not known.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
