#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

namespace composelint::rules {
namespace {

void on_invocation(const Step&, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.opaque_options || call.operands.empty()) return;
  // A detached or named container is meant to be found again.
  if (call.has("--rm") || call.has("--detach") || call.has("--name") || call.has("--help")) return;
  Finding& finding = context.report(
      call.verb_span,
      quoted(short_form(call)) +
          " leaves its stopped container and anonymous volumes behind; `docker compose down` does "
          "not remove them",
      key_of(call));
  if (auto fix = add_option(call, "--rm")) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run app python manage.py migrate --check",
    .safe = "docker compose run --rm app python manage.py migrate --check",
}};

}  // namespace

COMPOSELINT_RULE(run_without_rm) = {
    .slug = "run-without-rm",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "A one-off container stays behind when its task ends",
    .rationale =
        "`docker compose run` makes a new container for each call. Without `--rm` it stays after "
        "the task has ended, together with its anonymous volumes, and only `docker compose ps -a` "
        "shows it. `docker compose down`, `down -v` and `rm -fs` leave it alone: only `down "
        "--remove-orphans` takes the container, and even that leaves its anonymous volumes "
        "(measured with Compose 2.40.3).",
    .silent_on =
        "`run -d` and `run --name`: such a container is meant to be found again. Calls with an "
        "unknown word before the service, which may well be `--rm`.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 459,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
