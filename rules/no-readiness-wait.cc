#include <composelint/contains.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/data/database_use.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/files/plain_image.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/unawaited_in_each.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/may_fail.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/slept_for.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `--wait` waits for the health of what has a check, and for mere running of the rest: it proves
// something only where all have one.
std::optional<Fix> add_wait(const ComposeInvocation& call) {
  if (!call.is("up")) return std::nullopt;
  const auto started = started_by(call);
  const bool all = std::all_of(started.begin(), started.end(),
                               [](const Service* service) { return has_check(*service); });
  return all && !started.empty() ? add_option(call, "--wait") : std::nullopt;
}

// The stack as `up -d` has just left it is asked from outside: `up -d && curl localhost:8080`.
const Step* started_right_before(const Timeline& timeline, const Step& step) {
  for (std::size_t i = index_of(timeline, step); i-- > 0;) {
    const Step& other = timeline.steps[i];
    if (other.detached != step.detached || !same_place(other, step)) return nullptr;
    if (timeline.reach(i, index_of(timeline, step)) != Reach::kAlways) return nullptr;
    if (const auto& call = other.call) {
      const bool starts =
          call->is("up") && call->has("--detach") && !call->has("--wait") && !call->opaque_options;
      return starts ? &other : nullptr;
    }
    const std::string_view program = program_name(other);
    if (program != "echo" && program != "printf") return nullptr;
  }
  return nullptr;
}

bool asks_this_machine(const Step& step) {
  if (program_name(step) != "curl" && program_name(step) != "wget") return false;
  return std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
    std::string_view text = word.text;
    for (const std::string_view scheme : {"http://", "https://"}) {
      if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
    }
    return text.starts_with("localhost") || text.starts_with("127.0.0.1");
  });
}

void look_at_request(const Step& step, RuleContext& context) {
  const Timeline& timeline = *context.timeline();
  if (!asks_this_machine(step) || retries(step) || decides_a_loop(timeline, step) ||
      may_fail(timeline, step) || tries_again(step)) {
    return;
  }
  const Step* start = started_right_before(timeline, step);
  if (start == nullptr || start->call->target.project == nullptr) return;
  const auto started = started_by(*start->call);
  if (std::none_of(started.begin(), started.end(),
                   [](const Service* service) { return service->publishes_ports; })) {
    return;
  }
  Finding& finding = context.report(
      step.span,
      quoted(program_name(step)) + " asks the stack that " + quoted("up -d") + " on " +
          line_of(*start, step.span) +
          " has just started: its containers run, and the programs inside do not listen yet",
      {std::string(program_name(step)), "up"});
  finding.related.push_back({start->span, "comes back as soon as the containers run"});
  if (auto fix = add_wait(*start->call)) finding.fixes.push_back(std::move(*fix));
}

// The verb; the whole line where a variable holds the verb.
Span place_of(const Step& step) {
  if (step.launcher == Launcher::kNone) return step.span;
  const Span verb = step.call ? step.call->verb_span : step.docker->verb_span;
  const Span command = step.call ? step.call->span : step.span;
  return contains(command, verb) ? verb : command;
}

// The same files, or none, are named by both, and neither is bound to a project: it is elsewhere.
bool same_unknown_stack(const ComposeInvocation& a, const ComposeInvocation& b) {
  if (a.target.project != nullptr || b.target.project != nullptr) return false;
  const auto words = [](const ComposeInvocation& call) {
    std::string out;
    for (const OptionUse& use : call.global_options) {
      out += use.name + "=" + (use.value ? use.value->text : "") + "\n";
      if (use.value) out += std::to_string(use.value->holes.size());
    }
    return out;
  };
  return words(a) == words(b);
}

// `up -d postgres` and `exec postgres pg_dump` of a project that is not here: the client says that
// it is a database.
const Step* named_right_before(const Timeline& timeline, const Step& step) {
  const ComposeInvocation& call = *step.call;
  const Argument* name = call.service();
  const bool client = call.is("exec") && name != nullptr && runs_client(call.inner);
  if (!client || call.opaque_options || call.has("--detach") || step.role == Role::kHealth ||
      step.role == Role::kWaits) {
    return nullptr;
  }
  if (may_fail(timeline, step) || tries_again(step)) return nullptr;
  const std::size_t here = index_of(timeline, step);
  for (std::size_t i = here; i-- > 0;) {
    const Step& other = timeline.steps[i];
    if (other.detached != step.detached || timeline.reach(i, here) == Reach::kNever) continue;
    if (waits(timeline, other) != Waits::kNo || other.asks || sleeps(other) ||
        may_hide_compose(other)) {
      return nullptr;
    }
    if (!other.call || !same_place(other, step)) continue;
    if (!same_unknown_stack(*other.call, call) || other.call->opaque_options) return nullptr;
    if (other.call->is("exec") && other.call->service() != nullptr &&
        other.call->service()->text == name->text) {
      return nullptr;  // it has been through that
    }
    if (!other.call->is("up")) continue;
    const bool lists =
        std::any_of(other.call->services.begin(), other.call->services.end(),
                    [&](const Argument& word) { return word.is(name->text.c_str()); });
    const bool starts = lists && other.call->has("--detach") && !other.call->has("--wait");
    return starts && timeline.reach(i, here) == Reach::kAlways ? &other : nullptr;
  }
  return nullptr;
}

// `up -d postgres`, and `docker exec "$(docker ps -q -f name=postgres)" pg_dump` behind it.
void look_at_unknown_stack(const Step& step, RuleContext& context) {
  const auto found = slept_for(*context.timeline(), step);
  if (!found || found->sleep != nullptr || !found->start->call) return;
  const auto inner = inner_command_of(step);
  Finding& finding =
      context.report(step.docker->verb_span,
                     quoted(inner ? inner->line : "docker exec") + " needs " + quoted(found->name) +
                         ", and " + quoted("up") + " on " + line_of(*found->start, step.span) +
                         " does not wait for it: where it was down, it still refuses connections",
                     {step.docker->verb, found->name});
  finding.related.push_back({found->start->span, "comes back as soon as the containers run"});
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr) return;
  const bool on_host = step.launcher == Launcher::kNone;
  if (on_host) look_at_request(step, context);
  const auto found = unawaited_in_each(*context.timeline(), step);
  if (on_host && !found) return;
  const bool open = step.call && step.call->target.project == nullptr && !found;
  if (open && step.call->target.others.empty() && step.place != Place::kContainer) {
    const Step* start = named_right_before(*context.timeline(), step);
    if (start == nullptr) return;
    const std::string name = quoted(step.call->service()->text);
    Finding& finding =
        context.report(place_of(step),
                       quoted(short_form(*step.call)) + " needs " + name + ", and " + quoted("up") +
                           " on " + line_of(*start, step.span) + " does not wait for it: where " +
                           name + " was down, it still refuses connections",
                       key_of(*step.call));
    finding.related.push_back({start->span, "comes back as soon as the containers run"});
    return;
  }
  if (!found && !step.call) return look_at_unknown_stack(step, context);
  if (!found || found->sleep != nullptr) return;
  const std::string& name = found->service->name;
  const ComposeInvocation& start = *found->start->call;
  const std::string when = start.is("restart") ? "it" : "where " + quoted(name) + " was down, it";
  const bool composed = step.call.has_value();
  const auto inner = inner_command_of(step);
  const std::string line = composed  ? short_form(*step.call)
                           : on_host ? std::string(program_name(step))
                           : inner   ? inner->line
                                     : "docker exec";
  Finding& finding = context.report(
      place_of(step),
      quoted(line) + " needs " + quoted(name) + ", and " + quoted(start.verb) + " on " +
          line_of(*found->start, asked_at(step, step.span)) + " does not wait for it: " + when +
          " still refuses connections",
      composed
          ? key_of(*step.call)
          : std::vector<std::string>{on_host ? line : step.docker->verb, found->service->name});
  finding.related.push_back({found->start->span, "comes back as soon as the containers run"});
  finding.related.push_back({found->service->span, quoted(name) + " is declared here"});
  if (auto fix = add_wait(start)) finding.fixes.push_back(std::move(*fix));
}

// A bare `psql` is the image's, whatever the repository calls so.
std::string_view script_named_by(const Argument& word) {
  const bool path = word.known() && word.text.find('/') != std::string::npos;
  return path ? file_name(word.text) : std::string_view();
}

// The repository has a script of that name which waits, or runs one that does.
bool waits_in_script(const WorkspaceFacts& facts, std::string_view name, int deeper) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const Timeline& script = *task.timeline;
    if (!script.task.empty() || file_name(script.file->path()) != name) return false;
    return std::any_of(script.steps.begin(), script.steps.end(), [&](const Step& other) {
      if (waits(script, other) != Waits::kNo) return true;
      if (deeper == 0 || other.argv.empty()) return false;
      const std::string_view next = script_named_by(other.argv.front());
      return !next.empty() && waits_in_script(facts, next, deeper - 1);
    });
  });
}

// `exec app /opt/init-db`, where the repository has an `init-db` that waits before it begins.
bool is_waited_for_inside(const WorkspaceFacts& facts, const Step& step) {
  const auto& inner = step.call ? step.call->inner : step.docker->inner;
  const std::string_view name = inner.empty() ? "" : script_named_by(inner.front());
  return !name.empty() && waits_in_script(facts, name, 1);
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (may_wait_at_its_start(facts, finding->span)) finding->severity = Severity::kOff;
    for (const TaskView& task : facts.tasks) {
      for (const Step& step : task.timeline->steps) {
        if (step.launcher == Launcher::kNone || !(place_of(step) == finding->span)) continue;
        if (is_waited_for_inside(facts, step)) finding->severity = Severity::kOff;
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d db\n"
              "docker compose exec -T db psql -U app -c 'CREATE SCHEMA audit'\n",
    .safe = "docker compose up --wait -d db\n"
            "docker compose exec -T db psql -U app -c 'CREATE SCHEMA audit'\n",
    .compose = "services:\n"
               "  db:\n"
               "    image: postgres:16\n"
               "    healthcheck:\n"
               "      test: [CMD, pg_isready, -h, 127.0.0.1]\n",
}};

}  // namespace

COMPOSELINT_RULE(no_readiness_wait) = {
    .slug = "no-readiness-wait",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A database is used right after up -d, and nothing waits for it",
    .rationale =
        "`up -d` comes back when the containers run, not when the programs in them answer. With a "
        "fresh volume PostgreSQL refuses connections for seconds: the client behind `up -d db` "
        "ends with `Connection refused`, exit code 2; behind `up -d --wait db` it succeeds "
        "(measured with Compose 2.40.3, PostgreSQL 15). On a warm volume the race is mostly won, "
        "so the developer's machine hides it and the new server shows it. `--wait` looks at "
        "healthchecks; for a service without one it waits for no more than the container. "
        "`docker exec NAME` counts where NAME is the container of a service that the script starts "
        "by Compose, or what `docker ps` lists for it; so do clients and migrations of the host "
        "that "
        "go to a port which the database publishes. Tests of frameworks that make the tables "
        "first (`rails test`, rspec, `manage.py test`, `artisan test`) use the database as well, "
        "and so "
        "does what makes it or its first rows (`rails db:create`, `createsuperuser`). The "
        "safe fix is there where every service that the call starts has one.",
    .silent_on =
        "Scripts with anything in between that waits, or may: `--wait`, `wait-for-it`, a loop "
        "around a question, `curl --retry`, a prompt, a script or program whose content is not "
        "known (`python app/pre_start.py`), a "
        "script of the repository that runs in the container and waits itself, also `run` of a "
        "service that is there to wait, in front of the `up`. A "
        "`sleep` is another rule's. Databases that another service started by the same call waits "
        "for (`condition: service_healthy`). `run` of an image whose entrypoint may wait: one that "
        "is built here counts where its Dockerfile sets none on a plain image (`FROM python`). "
        "Uses that are allowed to fail. Caches and brokers.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
