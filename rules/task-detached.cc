#include <composelint/lower_case.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_task.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/told_above.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool matters(Effect effect) {
  return effect == Effect::kMigrates || effect == Effect::kDumps || effect == Effect::kExports ||
         effect == Effect::kImports || effect == Effect::kRestores || effect == Effect::kDeletes;
}

std::string_view noun(Effect effect) {
  switch (effect) {
    case Effect::kMigrates: return "migration";
    case Effect::kDumps: return "dump";
    case Effect::kExports: return "export";
    case Effect::kImports: return "import";
    case Effect::kRestores: return "restore";
    default: return "task";
  }
}

// Something later asks how the task ended, or follows it.
bool asks_for_outcome(const Step& step) {
  if (const auto& docker = step.docker) {
    return docker->is("container wait") || docker->is("container inspect") ||
           docker->is("inspect") || docker->is("container attach") ||
           (docker->is("container logs") && docker->has("--follow"));
  }
  const auto& call = step.call;
  if (!call) return step.role == Role::kWaits;
  return call->is("wait") || call->is("attach") || (call->is("logs") && call->has("--follow")) ||
         (call->is("ps") && step.out.kind != StreamKind::kInherited);
}

bool waits_for(const Service& other, std::string_view job) {
  return std::any_of(other.depends_on.begin(), other.depends_on.end(), [&](const DependsOn& on) {
    return on.condition == "service_completed_successfully" && on.service == job;
  });
}

// Compose itself looks at the job's end: a service that this call or a later one starts comes up
// only once it is done.
bool is_awaited(const Timeline& timeline, const Step& step) {
  const ComposeInvocation& call = *step.call;
  const auto starts_what_waits = [&](const ComposeInvocation& other) {
    const auto started = started_by(other);
    return std::any_of(started.begin(), started.end(), [&](const Service* service) {
      return std::any_of(call.services.begin(), call.services.end(),
                         [&](const Argument& word) { return waits_for(*service, word.text); });
    });
  };
  if (starts_what_waits(call)) return true;
  return first_after(timeline, step, [&](const Step& other) {
           if (!other.call || !may_share_stack(*other.call, call)) return false;
           if (!other.call->is("up") && !other.call->is("run")) return false;
           return other.call->target.project == nullptr || other.call->opaque_options ||
                  starts_what_waits(*other.call);
         }) != nullptr;
}

// Others of its project start only once it has come to a good end.
bool is_a_job_of_others(const Project& project, const Service& service) {
  return std::any_of(project.services.begin(), project.services.end(),
                     [&](const Service& other) { return waits_for(other, service.name); });
}

// What the call does: itself, or `up` of a service that does nothing else.
struct Work {
  Effect effect = Effect::kUnknown;
  std::string name;
  const Argument* service = nullptr;
  bool awaited = false;  // by others of the project: a job, whatever it does
};

// `restore.sh` in the foreground comes to an end as well, where the script starts what needs it.
bool is_needed_restore(const Timeline& timeline, const Step& step, const Service& service,
                       const ServiceTask& task) {
  const std::string restart = text_at(service, "restart");
  const bool stays = !restart.empty() && restart != "no";
  if (stays || step.call->has("--detach") || task.effect != Effect::kRestores) return false;
  return first_after(timeline, step, [&](const Step& other) {
           return other.call && (other.call->is("up") || other.call->is("start")) &&
                  may_share_stack(*other.call, *step.call);
         }) != nullptr;
}

Work work_of(const Timeline& timeline, const Step& step) {
  const ComposeInvocation& call = *step.call;
  Work work{call.effect, call.effect_name, call.services.empty() ? nullptr : &call.services.front(),
            false};
  const Project* project = call.target.project;
  if (matters(call.effect) || !call.is("up") || project == nullptr) return work;
  for (const Argument& word : call.services) {
    const Service* service = word.known() ? project->service(word.text) : nullptr;
    if (service == nullptr) continue;
    const ServiceTask task = own_task(*service);
    const bool data = !task.name.starts_with("rm ");  // files of its own
    const bool alone = call.services.size() == 1;     // else a stack is brought up, with its jobs
    if (alone && is_a_job_of_others(*project, *service))
      return {task.effect, task.name, &word, true};
    if (!matters(task.effect) || !data) continue;
    if (task.ends || is_needed_restore(timeline, step, *service, task)) {
      return {task.effect, task.name, &word, false};
    }
  }
  return work;
}

// Why nobody learns of a failure; empty where somebody does.
std::string how(const Timeline& timeline, const Step& step, const Work& work) {
  const ComposeInvocation& call = *step.call;
  if (call.is("run") || call.is("exec")) {
    return call.has("--detach") ? quoted(short_form(call)) + " with -d" : "";
  }
  if (!call.is("up") || call.services.empty() || is_awaited(timeline, step)) return "";
  for (const char* option : {"--exit-code-from", "--wait", "--abort-on-container-exit",
                             "--abort-on-container-failure", "--no-start"}) {
    if (call.has(option)) return "";
  }
  return quoted("up " + work.service->text) + (call.has("--detach") ? " with -d" : "");
}

// `echo "Loading the catalogue in background..."` right above it, or a little above the call of the
// function that has it: whoever starts it is told.
bool is_announced(const Step& step) {
  // "do not run this in background", "Stopping background workers": something else is meant.
  const auto says_so = [](std::string_view text) {
    static constexpr std::array<std::string_view, 3> kSays = {"in background", "in the background",
                                                              "as a background"};
    static constexpr std::array<std::string_view, 3> kNot = {" not ", "n't ", "never "};
    for (std::string_view rest = text; !rest.empty();) {
      const std::string line = lower_case(rest.substr(0, rest.find('\n')));
      if (has_one_of(line, kSays) && !has_one_of(line, kNot)) return true;
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return false;
  };
  if (says_so(told_above(step))) return true;
  return std::any_of(step.called_from.begin(), step.called_from.end(), [&](const Span& call) {
    constexpr std::uint32_t kNear = 5;
    const std::uint32_t line = call.file->line_of(call.begin);
    for (std::uint32_t above = line; above > 1 && above + kNear > line; --above) {
      const std::string_view text = call.file->line_text(above - 1);
      if (text.find("echo ") != text.npos && says_so(text)) return true;
    }
    return false;
  });
}

// A container that something is copied into or run in stays: it is no job.
bool is_worked_in(const Timeline& timeline, const Step& step, const Work& work) {
  if (!step.call->is("up") || work.service == nullptr) return false;
  const std::string& name = work.service->text;
  return first_after(timeline, step, [&](const Step& other) {
           return other.call && (other.call->is("exec") || other.call->is("cp")) &&
                  !other.call->services.empty() && other.call->services.front().text == name;
         }) != nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (call.opaque_options || step.place == Place::kContainer) return;
  if (context.timeline() == nullptr) return;
  const Work work = work_of(*context.timeline(), step);
  if (!matters(work.effect) && !work.awaited) return;
  const std::string what = how(*context.timeline(), step, work);
  if (what.empty() || is_announced(step)) return;
  if (first_after(*context.timeline(), step, asks_for_outcome) != nullptr) return;
  if (is_worked_in(*context.timeline(), step, work)) return;
  const std::string name = work.name.empty() ? "" : " (" + work.name + ")";
  const OptionUse* detach = call.option("--detach");
  Finding& finding =
      context.report(detach != nullptr ? detach->span : call.verb_span,
                     what + " ends with 0 whatever becomes of the " +
                         std::string(noun(work.effect)) + name + ", and nothing after it asks",
                     key_of(call));
  if (call.is("up")) finding.severity = std::min(finding.severity, Severity::kWarning);
}

// `docker exec -d app …`: the container is there already, and what runs in it is the task alone.
void on_step(const Step& step, RuleContext& context) {
  const auto& docker = step.docker;
  if (!docker || !docker->is("container exec") || docker->opaque_options) return;
  if (!docker->has("--detach") || !matters(step.effect) || step.place == Place::kContainer) return;
  const Timeline* timeline = context.timeline();
  if (timeline == nullptr || first_after(*timeline, step, asks_for_outcome) != nullptr) return;
  if (is_announced(step)) return;
  const std::string name = step.effect_name.empty() ? "" : " (" + step.effect_name + ")";
  context.report(docker->option("--detach")->span,
                 "`docker exec` with -d ends with 0 whatever becomes of the " +
                     std::string(noun(step.effect)) + name + ", and nothing after it asks",
                 {"docker exec", step.effect_name});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -d app python manage.py migrate\n",
    .safe = "docker compose exec -T app python manage.py migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(task_detached) = {
    .slug = "task-detached",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A migration, dump or import runs where nobody learns how it ended",
    .rationale =
        "`run -d` and `exec -d`, and `docker exec -d`, end with 0 as soon as the task is "
        "started, whatever it returns later; so does `up` of a job, attached or not, unless "
        "`--exit-code-from` names it (measured with Compose 2.40.3). What follows in the script "
        "goes on beside a migration that is still running, or after one that failed. For `up` "
        "the finding is a warning at most; what a job does is told by its name or by its command, "
        "and where `up` names it alone, others of its project that await it with "
        "`service_completed_successfully` tell that it is one.",
    .silent_on =
        "Tasks that something later waits for or looks at: `docker wait`, `compose wait`, `logs "
        "-f`, `inspect`. Services that something is run in or copied into later. Jobs that a "
        "service which the script starts with them or later awaits with "
        "`service_completed_successfully`. Commands that are "
        "not known to be such a task. Tasks of which a message right above says that they go on "
        "in the background.",
    .examples = kExamples,
    .on_step = on_step,
    .on_invocation = on_invocation,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
