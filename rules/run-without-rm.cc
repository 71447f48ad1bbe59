#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "analyzer/signs/files/program_origin.h"
#include "analyzer/signs/files/rewritten_file.h"
#include "analyzer/signs/images/wants_version_two.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/word_for_word.h"
#include "analyzer/signs/stacks/listed_containers.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The program of the second line under the old name, as far as the file tells.
bool is_second_line(const SourceFile& file) {
  return brings_its_own(file.bytes()) || wants_version_two(file);
}

// `down` and `rm -f` of docker-compose 1.x take one-off containers along: all, or those of the
// services that `rm` names.
bool takes_along(const Step& other, const ComposeInvocation& left) {
  if (!other.call || other.call->program != ComposeProgram::kStandalone ||
      !may_share_stack(*other.call, left)) {
    return false;
  }
  if (other.call->is("down")) return true;
  const auto& services = other.call->services;
  return other.call->is("rm") &&
         (services.empty() ||
          std::any_of(services.begin(), services.end(), [&](const Argument& word) {
            return left.service() != nullptr && word.text == left.service()->text;
          }));
}

// Behind it, or in front of it at the next start.
bool is_taken_along(const Timeline& timeline, const Step& step, const ComposeInvocation& call) {
  if (call.program != ComposeProgram::kStandalone || is_second_line(*step.span.file)) return false;
  const auto takes = [&](const Step& other) { return takes_along(other, call); };
  if (first_after(timeline, step, takes) != nullptr) return true;
  const Step* before = last_before(timeline, step, takes);
  return before != nullptr &&
         timeline.reach(index_of(timeline, *before), index_of(timeline, step)) == Reach::kAlways;
}

// A one-off container that has ended is an orphan, for `up` as well (measured).
bool takes_orphans(const Step& other, const ComposeInvocation& left) {
  // `if [ "$RESET" = 1 ]; then down -v`: nobody does that every day.
  const bool resets = other.call && other.call->has("--volumes") && !other.conditions.empty();
  return other.call && (other.call->is("down") || other.call->is("up")) && !resets &&
         other.call->has("--remove-orphans") && may_share_stack(*other.call, left);
}

bool prunes_containers(const Step& other) {
  return other.docker && !other.docker->has("--filter") &&
         (other.docker->is("container prune") || other.docker->is("system prune"));
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.opaque_options || call.operands.empty()) return;
  // A detached or named container is meant to be found again.
  if (call.has("--rm") || call.has("--detach") || call.has("--name") || call.has("--help")) return;
  if (context.timeline() != nullptr && is_taken_along(*context.timeline(), step, call)) return;
  Finding& finding = context.report(
      call.verb_span,
      quoted(short_form(call)) + " leaves its stopped container and anonymous volumes behind" +
          // `down` of docker-compose 1.x takes them along.
          (call.program == ComposeProgram::kStandalone
               ? ""
               : "; `docker compose down` does not remove them"),
      key_of(call));
  if (auto fix = add_option(call, "--rm")) finding.fixes.push_back(std::move(*fix));
}

// `docker rm -f $(docker ps -aq)`: whatever is there goes.
bool removes_all_containers(const Timeline& timeline, const Step& step) {
  if (!step.docker || !step.docker->is("container rm")) return false;
  const auto& words = step.docker->operands;
  return fed_to(timeline, step) || std::any_of(words.begin(), words.end(), [&](const Argument& w) {
           return listed_in(timeline, step, w).has_value();
         });
}

// Where the container is left: a server has neither the runners nor the developers' scripts.
bool runs_there(const TaskView& taker, const TaskView& left) {
  if (taker.context == Context::kDocs) return false;
  return left.context != Context::kOps || taker.context == Context::kOps;
}

// `clean: docker system prune -f` of a Makefile, which no server calls by itself.
bool is_left_to_a_target(const TaskView& taker, const TaskView& left) {
  return left.context == Context::kOps && !taker.timeline->task.empty() &&
         taker.timeline->file != left.timeline->file;
}

// A script of the repository takes what is left: `down --remove-orphans` of the same stack, or all
// containers. It is not there to stay, then.
bool is_taken_somewhere(const Finding& finding, const WorkspaceFacts& facts) {
  const TaskView* task_of_it = nullptr;
  const Step* left = nullptr;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !(step.call->verb_span == finding.span)) continue;
      left = &step;
      task_of_it = &task;
    }
  }
  return left != nullptr &&
         std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
           if (!runs_there(task, *task_of_it)) return false;
           const Timeline& timeline = *task.timeline;
           return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
             return takes_orphans(other, *left->call) ||
                    (!is_left_to_a_target(task, *task_of_it) &&
                     (prunes_containers(other) || removes_all_containers(timeline, other)));
           });
         });
}

// unknown-service has it: Compose refuses the call, and nothing is left.
bool is_refused(const Finding& finding, const WorkspaceFacts& facts) {
  const auto has = [](const Project& project, const std::string& name) {
    return project.partial || project.services.empty() || project.service(name) != nullptr;
  };
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !(step.call->verb_span == finding.span)) continue;
      const ComposeInvocation& call = *step.call;
      if (call.services.empty() || !call.services.front().known() ||
          is_file_of_script(call, *task.timeline, step)) {
        return false;
      }
      const std::string& name = call.services.front().text;
      // Behind `cd ~/shop` it is the stack of this repository, or none that is known.
      const bool here = call.target.project == nullptr && !facts.projects.empty() &&
                        call.global_option("--file") == nullptr;
      const bool known =
          call.target.project != nullptr
              ? !has(*call.target.project, name)
              : here && std::none_of(facts.projects.begin(), facts.projects.end(),
                                     [&](const Project* other) { return has(*other, name); });
      return known &&
             std::none_of(facts.projects.begin(), facts.projects.end(),
                          [&](const Project* other) { return other->service(name) != nullptr; });
    }
  }
  return false;
}

// `sh suite.sh; docker-compose down`: whoever calls the script takes it along.
bool is_taken_by_callers(const Finding& finding, const WorkspaceFacts& facts) {
  bool called = false;
  for (const TaskView& task : facts.tasks) {
    if (task.timeline->file == finding.span.file) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !(step.call->verb_span == finding.span)) continue;
      if (!is_taken_along(*task.timeline, step, *step.call)) return false;
      called = true;
    }
  }
  return called;
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_taken_somewhere(*finding, facts) || is_taken_by_callers(*finding, facts) ||
        is_refused(*finding, facts)) {
      finding->severity = Severity::kOff;
    }
  }
  tell_same_words_once(findings);
  tell_once_a_file(facts, findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run app python manage.py migrate --check",
    .safe = "docker compose run --rm app python manage.py migrate --check",
}};

}  // namespace

COMPOSELINT_RULE(run_without_rm) = {
    .slug = "run-without-rm",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "A one-off container stays behind when its task ends",
    .rationale =
        "`docker compose run` makes a new container for each call. Without `--rm` it stays after "
        "the task has ended, together with its anonymous volumes, and only `docker compose ps -a` "
        "shows it. `docker compose down`, `down -v` and `rm -fs` leave it alone: only `down` and "
        "`up` with `--remove-orphans` take the container, and even that leaves its anonymous "
        "volumes (measured with Compose 2.40.3). Reported once a file, and the same call once a "
        "repository.",
    .silent_on =
        "`run -d` and `run --name`: such a container is meant to be found again. Calls with an "
        "unknown word before the service, which may well be `--rm`. CI, whose machines are thrown "
        "away or emptied by their runner. Repositories in which a script that runs there takes "
        "what "
        "is left (`down` or `up --remove-orphans` of the stack, `docker container prune`, `system "
        "prune`, the removal of all containers). `docker-compose` where the same script, or the "
        "one that "
        "calls it, has `docker-compose down` or `rm`: its first line takes the container along.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 459,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
