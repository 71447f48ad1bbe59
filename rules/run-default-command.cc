#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Stays up until it is stopped: it is to be started again, or listens.
bool stays_up(const Service& service) {
  static constexpr std::array<std::string_view, 2> kPolicies = {"always", "unless-stopped"};
  if (service.restart && service.restart->known &&
      std::find(kPolicies.begin(), kPolicies.end(), service.restart->value) != kPolicies.end()) {
    return true;
  }
  return service.publishes_ports || (service.healthcheck && !service.healthcheck->disabled);
}

// A task by its name or its profile; a second one of these is what `run` is for.
bool is_task(const Service& service, const ComposeInvocation& call) {
  const bool known = call.effect != Effect::kUnknown && call.effect != Effect::kRuns;
  return known || role_of(service) == ServiceRole::kOneOff || !service.profiles.empty();
}

// Somebody sits in front of it, with the ports and the debugger that are asked for.
bool is_debugged(const ComposeInvocation& call) {
  return call.has("--service-ports") || call.has("--publish") || call.has("--entrypoint") ||
         call.has("--use-aliases");
}

std::string own_command(const Service& service) {
  const auto& words = service.command ? service.command : service.entrypoint;
  if (!words || !words->known || words->value.empty()) return "";
  std::string text;
  for (const std::string& word : words->value) text += (text.empty() ? "" : " ") + word;
  return text.size() > 60 ? "" : " (" + quoted(text) + ")";
}

// `test/acceptance/compose.yaml`: what is run of it are tests.
bool is_of_tests(const Project& project) {
  static constexpr std::array<std::string_view, 5> kFolders = {"acceptance", "cypress", "e2e",
                                                               "test", "tests"};
  if (project.files.empty()) return false;
  std::string_view path = project.files.front()->path();
  for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/')) {
    const std::string_view folder = path.substr(0, slash);
    if (std::find(kFolders.begin(), kFolders.end(), folder) != kFolders.end()) return true;
    path.remove_prefix(slash + 1);
  }
  return false;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || !call.inner.empty() || call.opaque_options || is_debugged(call)) return;
  const Argument* name = call.service();
  if (name == nullptr || call.target.project == nullptr || step.place != Place::kHost) return;
  // A word behind the service that is not known may be the command.
  if (call.operands.size() != 1) return;
  const Service* service = call.target.project->service(name->text);
  if (is_of_tests(*call.target.project)) return;
  if (service == nullptr || is_task(*service, call) || !stays_up(*service)) return;
  Finding& finding = context.report(
      call.verb_span,
      quoted(short_form(call)) + " without a command starts what the service itself runs" +
          own_command(*service) + ": a second " + quoted(name->text) +
          " beside the one of `up`, and the script waits until it is stopped",
      key_of(call));
  if (call.has("--detach")) {
    finding.message = quoted(short_form(call)) +
                      " without a command starts what the service itself runs" +
                      own_command(*service) + ": a second " + quoted(name->text) +
                      " beside the one of `up`, which `down` does not know";
  }
  finding.related.push_back({service->span, "the service"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm worker\n",
    .safe = "docker compose run --rm worker celery -A app inspect active\n",
    .compose = "services:\n  worker:\n    image: example/app:1.4\n    command: celery -A app "
               "worker\n    restart: unless-stopped\n",
}};

}  // namespace

COMPOSELINT_RULE(run_default_command) = {
    .slug = "run-default-command",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "run without a command starts a second server or worker",
    .rationale =
        "The words behind the service replace its command; without any, `run` starts the same "
        "process once more. It publishes no ports and has another name, takes jobs from the same "
        "queue and writes to the same volumes, and its `restart:` does not hold (measured with "
        "Compose 2.40.3). `up -d` is what starts a service.",
    .silent_on =
        "Projects in directories of tests. Services that are tasks: by their name, a profile, or a "
        "command that is known to be one. "
        "Services that nothing shows to stay up (no `restart`, ports or healthcheck). "
        "`--service-ports`, `--entrypoint`: somebody is debugging.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
