#include <composelint/inner_command.h>
#include <composelint/mounts.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint::rules {
namespace {

bool is_root(const Argument& user) {
  static constexpr std::array<std::string_view, 4> kRoot = {"root", "0", "0:0", "root:root"};
  return user.known() && std::find(kRoot.begin(), kRoot.end(), user.text) != kRoot.end();
}

// Programs that make files where an operand says.
bool makes_files(const Argument& program) {
  static constexpr std::array<std::string_view, 8> kMakers = {"cp",    "install", "mkdir", "mv",
                                                              "rsync", "tee",     "touch", "wget"};
  return program.known() &&
         std::find(kMakers.begin(), kMakers.end(), program.text) != kMakers.end();
}

// The bind mount in which the last operand lies.
const Mount* written_mount(const Service& service, const std::vector<Argument>& inner) {
  const Argument& last = inner.back();
  if (inner.size() < 2 || !last.known() || !last.text.starts_with('/')) return nullptr;
  for (const Mount& mount : service.mounts) {
    if (!mount.known || mount.type != "bind" || mount.read_only) continue;
    if (lies_below(last.text, mount.target)) return &mount;
  }
  return nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!(call.is("exec") || call.is("run")) || call.inner.empty()) return;
  const OptionUse* user = call.option("--user");
  const Argument* name = call.service();
  if (user == nullptr || !user->value || !is_root(*user->value) || name == nullptr) return;
  if (call.target.project == nullptr || !makes_files(call.inner.front())) return;
  const Service* service = call.target.project->service(name->text);
  if (service == nullptr) return;
  const Mount* mount = written_mount(*service, call.inner);
  if (mount == nullptr) return;
  Finding& finding = context.report(
      user->span,
      quoted(task_text(step)) +
          " as root leaves files of root in the directory of this machine that is mounted at " +
          quoted(mount->target) + ", which " + quoted(name->text) +
          " and you may not be able to change",
      key_of(call));
  finding.related.push_back({mount->span, "the bind mount"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T -u root app cp /tmp/export.csv /data/export.csv\n",
    .safe = "docker compose exec -T app cp /tmp/export.csv /data/export.csv\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    user: \"1000\"\n    volumes:\n"
               "      - ./data:/data\n",
}};

}  // namespace

COMPOSELINT_RULE(exec_root_on_bind_mount) = {
    .slug = "exec-root-on-bind-mount",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "a task as root writes into a directory of the host",
    .rationale =
        "A bind mount has no owners of its own: what root writes there inside of the container "
        "belongs to root outside as well. The service, which runs as somebody else, then fails to "
        "replace the file, and so does whoever cleans up without sudo.",
    .silent_on =
        "`chown` and `chmod`, which repair this. Programs of which the command line does not tell "
        "where they write. Read-only mounts and named volumes.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
