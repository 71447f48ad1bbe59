#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_task.h>
#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/stacks/one_shot.h"
#include "analyzer/signs/stacks/stack_parts.h"

namespace composelint::rules {
namespace {

// A line below the service's key, as far in as its first attribute.
std::optional<Fix> add_profile(const Service& service) {
  const Span key = service.span;
  if (!key || service.model == nullptr || service.model->members.empty()) return std::nullopt;
  const std::string_view bytes = key.file->bytes();
  const std::size_t end = bytes.find('\n', key.end);
  if (end == std::string_view::npos || bytes.substr(key.end, end - key.end) != ":") {
    return std::nullopt;
  }
  const std::size_t text = bytes.find_first_not_of(' ', end + 1);
  if (text == std::string_view::npos || bytes[text] == '\n' || bytes[text] == '#') {
    return std::nullopt;
  }
  const auto place = static_cast<std::uint32_t>(end + 1);
  return Fix{
      "Put it into a profile",
      FixSafety::kUnsafe,
      {{{key.file, place, place}, std::string(text - end - 1, ' ') + "profiles: [tasks]\n"}}};
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (!is_unattended_task(service, project)) return;
  const ServiceTask task = own_task(service);
  const Dependant user = dependant_of(service.name, project);
  const Service& application = *application_in(project);
  if (user.service != nullptr) {
    Finding& finding = context.report(service.span,
                                      quoted(user.service->name) + " waits for the start of " +
                                          quoted(service.name) + " (" + task.name +
                                          "), not for its end: it runs at the same time, whether "
                                          "that succeeds or not",
                                      {service.name});
    finding.severity = std::min(finding.severity, Severity::kNote);
    finding.related.push_back({user.on->span, "only its start is waited for"});
    return;
  }
  Finding& finding =
      context.report(service.span,
                     "every `up` starts " + quoted(service.name) + " as well (" + task.name +
                         "): nobody asks for it, and " + quoted(application.name) +
                         " runs at the same time, whether it succeeds or not",
                     {service.name});
  finding.related.push_back({application.span, quoted(application.name) + " is declared here"});
  if (auto fix = add_profile(service)) finding.fixes.push_back(std::move(*fix));
}

// A file that calls name for `run` alone: no `up` reads it.
bool is_for_runs_alone(const WorkspaceFacts& facts, const SourceFile& file) {
  bool runs = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const Project* project = step.call ? step.call->target.project : nullptr;
      if (project == nullptr ||
          std::find(project->files.begin(), project->files.end(), &file) == project->files.end()) {
        continue;
      }
      if (step.call->is("up") || step.call->is("create") || step.call->is("start")) return false;
      runs |= step.call->is("run");
    }
  }
  return runs && !has_default_name(file);
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_for_runs_alone(facts, *finding->span.file)) finding->severity = Severity::kOff;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "  migrate:\n"
              "    image: example/app:1.4\n"
              "    command: python manage.py migrate\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "  migrate:\n"
            "    image: example/app:1.4\n"
            "    command: python manage.py migrate\n"
            "    profiles: [tasks]\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(task_service_without_profile) = {
    .slug = "task-service-without-profile",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kOff,
                 .docs = Severity::kNote},
    .summary = "A migration or an import is a service that every up starts",
    .rationale =
        "A service without `profiles` is part of what `docker compose up` starts, each time: after "
        "a reboot of a developer's machine, at a restart for a changed setting, at a rollback. A "
        "migration that stands there runs then, with no backup before it and nobody who watches, "
        "and the application starts beside it. With `profiles: [tasks]` it is left to `docker "
        "compose run --rm migrate`, which turns the profile on by itself. Where it is to run at "
        "every start, `condition: service_completed_successfully` has the application wait for it.",
    .silent_on =
        "Services whose end another one waits for (`service_completed_successfully`): init "
        "containers. Services that say themselves what becomes of them when they end "
        "(`restart: on-failure`, `\"no\"`). Commands that are not known to migrate, "
        "import, restore or delete, or that go "
        "on to something else (`migrate && serve`). Files in which nothing else stays up, and "
        "those "
        "that calls read for `run` alone. Services "
        "with no replicas.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
