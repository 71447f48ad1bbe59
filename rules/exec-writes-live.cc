#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/service_role.h>
#include <composelint/wording.h>

namespace composelint::rules {
namespace {

const char* what_it_does(Effect effect) {
  switch (effect) {
    case Effect::kImports: return "imports";
    case Effect::kRestores: return "restores";
    case Effect::kDeletes: return "deletes data";
    default: return nullptr;
  }
}

// The container serves or works through a queue. A database's own container is the place for its
// client.
bool serves(const Service& service) {
  const ServiceRole role = role_of(service);
  return role == ServiceRole::kApplication || role == ServiceRole::kWorker;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("exec") || call.opaque_options || step.place != Place::kHost) return;
  const char* work = what_it_does(call.effect);
  // A client of the database is at home in no other container.
  if (work == nullptr || call.role == Role::kClient) return;
  const Argument* name = call.service();
  if (name == nullptr || call.target.project == nullptr) return;
  const Service* service = call.target.project->service(name->text);
  if (service == nullptr || !serves(*service) || context.timeline() == nullptr) return;
  if (asked_before(*context.timeline(), step)) return;
  Finding& finding =
      context.report(call.verb_span,
                     call.effect_name + " " + work +
                         " inside of the container that serves: it shares its memory "
                         "limit, and a restart of " +
                         quoted(name->text) + " ends it halfway",
                     key_of(call));
  finding.related.push_back({service->span, "the service"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T web python manage.py loaddata dump.json\n",
    .safe = "docker compose run --rm --no-deps -T web python manage.py loaddata dump.json\n",
    .compose = "services:\n  web:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(exec_writes_live) = {
    .slug = "exec-writes-live",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "an import, a restore or a deletion runs inside of a container that serves",
    .rationale =
        "`exec` puts the task into the running container: under its memory limit, with whatever "
        "code it was started with, and only for as long as it lives. A restart, a new `up` or the "
        "OOM killer takes the task along, halfway through. `run --rm --no-deps` gives it a "
        "container of its own.",
    .silent_on =
        "Developer task runners, where loading rows into the running application is daily work. "
        "Clients of a database in the database's container: `exec db psql`. Migrations, which "
        "migration-via-exec is about. Scripts that ask before. Services that are neither an "
        "application nor a worker by image and name.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
