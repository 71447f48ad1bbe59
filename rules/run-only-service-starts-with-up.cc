#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>
#include <composelint/service_task.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/one_shot.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

using Tasks = std::span<const Timeline* const>;

// The file says what it does, and that is more than a message or a shell that has no input.
bool does_something(const Service& service) {
  static constexpr std::array<std::string_view, 2> kNothing = {"echo", "true"};
  const auto& words = service.command ? service.command : service.entrypoint;
  if (!words || words->value.empty()) return false;
  const std::string_view first = words->value.front();
  return first == "sh" || first == "bash" || first.starts_with("/bin/")
             ? words->value.size() > 1
             : std::find(kNothing.begin(), kNothing.end(), first) == kNothing.end();
}

// It does something and ends; nobody reaches it, nothing keeps it up, no other service needs it.
bool is_for_run(const Service& service, const Project& project) {
  if (!starts_with_up(service) || service.publishes_ports) return false;
  if (service.attribute("restart") != nullptr ||
      service.attribute("deploy.restart_policy") != nullptr) {
    return false;
  }
  const auto stays = [](const auto& words) {
    return words && !words->value.empty() &&
           (words->value.front() == "sleep" || words->value.front() == "tail");
  };
  if (stays(service.command) || stays(service.entrypoint)) return false;
  const bool ends = role_of(service) == ServiceRole::kOneOff || own_task(service).ends;
  return ends && does_something(service) &&
         dependant_of(service.name, project).service == nullptr &&
         !is_unattended_task(service, project);
}

// The only calls of the file that name the service are `run`: the first of them.
const Step* only_run(Tasks tasks, const ComposeInvocation& up, const Service& service) {
  const Step* found = nullptr;
  for (const Timeline* task : tasks) {
    for (const Step& step : task->steps) {
      if (!step.call || !may_share_stack(*step.call, up)) continue;
      const ComposeInvocation& call = *step.call;
      const bool names = std::any_of(
          call.services.begin(), call.services.end(),
          [&](const Argument& word) { return !word.known() || word.is(service.name.c_str()); });
      if (!names) continue;
      if (!call.is("run")) return nullptr;
      if (call.service() != nullptr && same_stack(call, up) && found == nullptr) found = &step;
    }
  }
  return found;
}

// Nothing says what it does at `up`, or that is `echo`: its work is brought by `run`.
bool is_idle_without(const Step& run, const Service& service) {
  const auto says = [](const auto& words) { return words && !words->value.empty(); };
  if (says(service.command)) {
    const std::string& program = service.command->value.front();
    return program == "echo" || program == "true";
  }
  return !says(service.entrypoint) && !run.call->inner.empty();
}

// "line 9", or the script where it stands in another one.
std::string place_beside(const Step& run, const Step& up) {
  return run.span.file == up.span.file ? line_of(run, up.span) : quoted(run.span.file->path());
}

bool is_plain_up(const Step& step) {
  if (!step.call || !step.call->is("up") || step.place != Place::kHost) return false;
  const ComposeInvocation& call = *step.call;
  return call.operands.empty() && !call.opaque_options && !call.opaque_global &&
         call.target.project != nullptr && !call.has("--no-start") && !call.has("--scale") &&
         !call.has("--exit-code-from") && !call.has("--abort-on-container-exit");
}

void on_file(Tasks tasks, RuleContext& context) {
  std::vector<std::string> told;
  for (const Timeline* task : tasks) {
    for (const Step& step : task->steps) {
      if (!is_plain_up(step) || step.span.file != task->file) continue;
      const Project& project = *step.call->target.project;
      const bool refused =
          std::any_of(project.problems.begin(), project.problems.end(),
                      [](const ProjectProblem& problem) { return problem.refused; });
      if (refused) continue;  // it starts nothing
      for (const Service& service : project.services) {
        if (std::find(told.begin(), told.end(), service.name) != told.end()) continue;
        if (!is_for_run(service, project)) continue;
        const Step* run = only_run(tasks, *step.call, service);
        if (run == nullptr || is_idle_without(*run, service)) continue;
        told.push_back(service.name);
        Finding& finding =
            context.report(step.call->verb_span,
                           "`up` starts " + quoted(service.name) + " as well, which is there for " +
                               quoted(short_form(*run->call)) + " in " + place_beside(*run, step) +
                               ": it has no profile, so it runs at every `up`",
                           {"up", service.name});
        finding.related.push_back({run->span, "it is run here"});
        finding.related.push_back({service.span, "the service is declared here"});
        break;
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --wait\ndocker compose run --rm tests\n",
    .safe = "docker compose up -d --wait app\ndocker compose run --rm tests\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n  tests:\n    image: "
               "example/app:1.4\n    command: ./bin/check\n",
}};

}  // namespace

COMPOSELINT_RULE(run_only_service_starts_with_up) = {
    .slug = "run-only-service-starts-with-up",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "up starts a service that is there for run alone",
    .rationale =
        "`up` without names starts every service that has no profile. One that the script means "
        "to `run`, a backup, a test suite, a command line tool, is then started twice: by `up`, in "
        "the background and with nobody who sees it fail, and by `run`. With `profiles: [tasks]` "
        "it waits for `run`, which turns the profile on by itself.",
    .silent_on =
        "Services that look like they stay up: published ports, a restart policy, `sleep` or "
        "`tail` as the command, a name that is not that of a task. Those of which no file says "
        "what they run, or that only print something (`echo`). Services that others depend on, or "
        "that the file starts, stops or looks at by name. Migrations, of which "
        "`task-service-without-profile` speaks.",
    .examples = kExamples,
    .on_file = on_file,
};

}  // namespace composelint::rules
