#include <composelint/lifecycle.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

bool among(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_bound(const ComposeInvocation& call) {
  return call.target.project != nullptr && call.target.name_known && call.target.others.empty() &&
         call.target.project->name.known && !call.target.project->partial;
}

bool same_files(const Project& a, const Project& b) {
  return a.directory == b.directory && a.files == b.files;
}

// Something in the script brings this very stack up.
bool is_brought_up(const Timeline& timeline, const Project& project) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    return step.call && (step.call->is("up") || step.call->is("create") || step.call->is("run")) &&
           (step.call->target.project == nullptr ||
            step.call->target.project->name.value == project.name.value);
  });
}

// `up -p x`, then `exec` without: another project, of which nothing runs.
void look_at_names(const Step& step, const ComposeInvocation& call, const Timeline& timeline,
                   RuleContext& context) {
  if (!among(call.verb, {"exec", "restart", "stop", "logs", "ps", "down", "cp", "rm", "kill"}))
    return;
  // Another name that is written down is meant.
  if (call.global_option("--project-name") != nullptr) return;
  const Step* up = last_before(timeline, step, [&](const Step& other) {
    return other.call && other.call->is("up") && same_place(other, step) && is_bound(*other.call) &&
           other.call->global_option("--project-name") != nullptr &&
           same_files(*other.call->target.project, *call.target.project);
  });
  if (up == nullptr) return;
  const Project& started = *up->call->target.project;
  const Project& meant = *call.target.project;
  if (started.name.value == meant.name.value || is_brought_up(timeline, meant)) return;
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) + " acts on project " + quoted(meant.name.value) +
                         ", and " + line_of(*up, call.verb_span) + " brought up " +
                         quoted(started.name.value) + ": nothing of it is found under that name",
                     {call.verb, meant.name.value, started.name.value});
  finding.related.push_back({up->call->span, "brought up under another name here"});
}

// What the variables of another env file change.
std::string difference(const Project& a, const Project& b) {
  for (const Service& service : a.services) {
    const Service* other = b.service(service.name);
    if (other == nullptr || !service.active || !other->active) continue;
    if (service.image && other->image && service.image->value != other->image->value) {
      return "another image of " + quoted(service.name);
    }
    for (const auto& [name, value] : service.environment) {
      for (const auto& [other_name, other_value] : other->environment) {
        if (name == other_name && value.value != other_value.value) {
          return "another " + quoted(name) + " of " + quoted(service.name);
        }
      }
    }
  }
  return {};
}

// `--env-file prod.env up`, then `up` without: the containers are made anew with other values.
void look_at_env_files(const Step& step, const ComposeInvocation& call, const Timeline& timeline,
                       RuleContext& context) {
  if (!call.is("up") || call.global_option("--env-file") != nullptr) return;
  const Step* up = last_before(timeline, step, [&](const Step& other) {
    return other.call && other.call->is("up") && same_place(other, step) && is_bound(*other.call) &&
           other.call->global_option("--env-file") != nullptr && same_stack(*other.call, call) &&
           same_files(*other.call->target.project, *call.target.project) &&
           timeline.reach(index_of(timeline, other), index_of(timeline, step)) == Reach::kAlways;
  });
  if (up == nullptr || up->call->target.project == call.target.project) return;
  const std::string what = difference(*up->call->target.project, *call.target.project);
  if (what.empty()) return;
  Finding& finding =
      context.report(call.verb_span,
                     "without the `--env-file` of " + line_of(*up, call.verb_span) +
                         " this `up` sees " + what + " and makes the containers anew with it",
                     {"up", "--env-file"});
  finding.related.push_back({up->call->span, "brought up with an env file here"});
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (context.timeline() == nullptr || !call.errors.empty() || !is_bound(call)) return;
  look_at_names(step, call, *context.timeline(), context);
  look_at_env_files(step, call, *context.timeline(), context);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose -p shop-live up -d --wait\n"
              "docker compose exec -T app ./bin/warm-cache\n",
    .safe = "docker compose -p shop-live up -d --wait\n"
            "docker compose -p shop-live exec -T app ./bin/warm-cache\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(context_drift) = {
    .slug = "context-drift",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "Calls of one script mean the same stack and name it in different ways",
    .rationale =
        "The project's name and the values of its variables come from the options of each call "
        "anew. `exec` without the `-p` of `up` finds `service \"app\" is not running`, `ps` and "
        "`logs` find nothing and end with 0, `down` leaves everything running; `up` without the "
        "`--env-file` of the last `up` recreates the containers with other values (measured with "
        "2.40.3).",
    .silent_on =
        "Names under which the script itself brings a stack up: it drives several. Different "
        "files, which are variants. Env files that make no difference to image or environment.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
