#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>
#include <composelint/wording.h>

namespace composelint::rules {
namespace {

// What would run a second time; empty where the service ends by itself or may do so.
std::string_view second(const Service& service) {
  const bool kept_up =
      service.restart && service.restart->known &&
      (service.restart->value == "always" || service.restart->value == "unless-stopped");
  switch (role_of(service)) {
    case ServiceRole::kDatabase: return "a second database server";
    case ServiceRole::kCache: return "a second server";
    case ServiceRole::kProxy: return "a second proxy";
    case ServiceRole::kWorker: return kept_up ? "a second worker" : "";
    case ServiceRole::kApplication:
      return kept_up && service.publishes_ports ? "a second server" : "";
    case ServiceRole::kUnknown:
    case ServiceRole::kOneOff: return "";
  }
  return "";
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || !call.inner.empty() || call.opaque_options) return;
  for (const char* option :
       {"--entrypoint", "--service-ports", "--publish", "--detach", "--help"}) {
    if (call.option(option) != nullptr) return;
  }
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr || step.place == Place::kContainer) return;
  const Service* service = project->service(name->text);
  // A service of a profile is there to be run by hand.
  if (service == nullptr || !service->profiles.empty() || call.effect != Effect::kUnknown) return;
  const std::string_view what = second(*service);
  if (what.empty()) return;
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) + " names no command: it starts " +
                         std::string(what) + " beside the live one and does not come back",
                     key_of(call));
  finding.related.push_back({service->span, "the service runs until it is stopped"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm worker\n",
    .safe = "docker compose run --rm worker ./bin/drain\n",
    .compose =
        "services:\n  worker:\n    image: example/app:1.4\n    restart: always\n    command: "
        "[celery, -A, app, worker]\n",
}};

}  // namespace

COMPOSELINT_RULE(run_default_command) = {
    .slug = "run-default-command",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "run without a command starts a second server or worker",
    .rationale =
        "Without a command `run` starts what the service starts, in a container of its own "
        "(measured with Compose 2.40.3): a second worker on the same queue, a second database "
        "server on the same volume. The script waits for it until somebody stops it.",
    .silent_on =
        "Services that end by themselves, are in a profile, or are not known to be a server; "
        "`--entrypoint`; `-d`, `--service-ports` and `-p`, where the server is what is wanted.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
