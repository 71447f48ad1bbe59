#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>
#include <composelint/wording.h>

#include <string>

namespace composelint::rules {
namespace {

// What says that the service goes on running; empty where nothing does.
std::string sign_of_a_server(const Service& service) {
  if (service.restart && (service.restart->value == "always" ||
                          service.restart->value.starts_with("unless-stopped"))) {
    return "it has " + quoted("restart: " + service.restart->value);
  }
  if (service.healthcheck && !service.healthcheck->disabled) return "it has a healthcheck";
  if (service.publishes_ports) return "it publishes ports";
  switch (role_of(service)) {
    case ServiceRole::kDatabase: return "it is a database";
    case ServiceRole::kCache: return "it is a cache or a broker";
    case ServiceRole::kProxy: return "it is a proxy";
    default: return {};
  }
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || !call.inner.empty() || call.opaque_options) return;
  if (call.has("--entrypoint") || call.has("--service-ports") || call.has("--publish")) return;
  const Argument* name = call.service();
  if (name == nullptr || call.target.project == nullptr) return;
  const Service* service = call.target.project->service(name->text);
  // A service behind a profile is there to be run by hand.
  if (service == nullptr || !service->profiles.empty()) return;
  if (role_of(*service) == ServiceRole::kOneOff) return;
  const std::string sign = sign_of_a_server(*service);
  if (sign.empty()) return;
  Finding& finding = context.report(
      step.place == Place::kContainer ? step.span : call.span,
      quoted(short_form(call)) + " has no command of its own, so a second " + quoted(name->text) +
          " starts beside the service and goes on running: " + sign,
      key_of(call));
  finding.related.push_back({service->span, "the service"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm worker\n",
    .safe = "docker compose run --rm worker ./bin/retry-failed\n",
    .compose = "services:\n  worker:\n    image: example/app:1.4\n    command: ./bin/worker\n"
               "    restart: unless-stopped\n",
}};

}  // namespace

COMPOSELINT_RULE(run_default_command) = {
    .slug = "run-default-command",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "run without a command starts a second server or worker",
    .rationale =
        "Without a command `run` takes that of the service or its image. For a task that is what "
        "is meant; for a service that stays up it is a second copy of it, under another name, "
        "which takes jobs from the same queue or writes to the same files (measured with Compose "
        "2.40.3: both containers run).",
    .silent_on =
        "Services behind a profile, and those whose name says that they end: `migrate`, `backup`. "
        "Services of which nothing says that they stay up: no `restart: always` or "
        "`unless-stopped`, no healthcheck, no ports, no image of a database or proxy. Calls with "
        "`--entrypoint`, `--service-ports` or `-p`.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
