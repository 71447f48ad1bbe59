#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/stacks/build_gap.h"
#include "analyzer/signs/stacks/checkout_name.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/value_difference.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/brings_variables.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool among(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_bound(const Step& step, const Timeline& timeline) {
  const ComposeInvocation& call = *step.call;
  return has_certain_stack(step, timeline) && call.target.project != nullptr &&
         call.target.name_known && call.target.others.empty() && call.target.project->name.known &&
         !call.target.project->partial;
}

bool same_files(const Project& a, const Project& b) {
  return a.directory == b.directory && a.files == b.files;
}

// All files of the other, from the same directory.
bool reads_all_of(const Project& wider, const Project& project) {
  return wider.directory == project.directory &&
         std::all_of(project.files.begin(), project.files.end(), [&](const SourceFile* file) {
           return std::find(wider.files.begin(), wider.files.end(), file) != wider.files.end();
         });
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
    return other.call && other.call->is("up") && same_place(other, step) &&
           is_bound(other, timeline) && other.call->global_option("--project-name") != nullptr &&
           same_files(*other.call->target.project, *call.target.project);
  });
  if (up == nullptr) return;
  const Project& started = *up->call->target.project;
  const Project& meant = *call.target.project;
  if (share_a_name(started, meant) || is_brought_up(timeline, meant)) return;
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) + " acts on project " + quoted(meant.name.value) +
                         ", and " + line_of(*up, call.verb_span) + " brought up " +
                         quoted(started.name.value) + ": nothing of it is found under that name",
                     {call.verb, meant.name.value, started.name.value});
  finding.related.push_back({up->call->span, "brought up under another name here"});
}

// `down -v -p x` to begin anew, then `run` without: what is cleared away is not what is used.
void look_at_clearing(const Step& step, const ComposeInvocation& call, const Timeline& timeline,
                      RuleContext& context) {
  if (!call.is("down") || !call.has("--volumes")) return;
  const Project& cleared = *call.target.project;
  if (call.global_option("--project-name") == nullptr || is_brought_up(timeline, cleared)) return;
  const Step* use = first_after(timeline, step, [&](const Step& other) {
    return other.call && among(other.call->verb, {"up", "run"}) && same_place(other, step);
  });
  if (use == nullptr || !is_bound(*use, timeline) || !use->call->errors.empty()) return;
  const Project& used = *use->call->target.project;
  if (use->call->global_option("--project-name") != nullptr ||
      !(reads_all_of(used, cleared) || reads_all_of(cleared, used))) {
    return;
  }
  const bool always =
      timeline.reach(index_of(timeline, step), index_of(timeline, *use)) == Reach::kAlways;
  if (!always || share_a_name(used, cleared)) return;
  Finding& finding = context.report(
      call.verb_span,
      quoted(short_form(call)) + " clears away project " + quoted(cleared.name.value) + ", and " +
          quoted(short_form(*use->call)) + " on " + line_of(*use, call.verb_span) + " works in " +
          quoted(used.name.value) + ": what it finds there is what the last run left",
      {"clears", cleared.name.value, used.name.value});
  finding.related.push_back({use->call->span, "works under another name here"});
}

// `--env-file prod.env up`, then `up` without: the containers are made anew with other values.
void look_at_env_files(const Step& step, const ComposeInvocation& call, const Timeline& timeline,
                       RuleContext& context) {
  if (!call.is("up") || call.global_option("--env-file") != nullptr) return;
  const Step* up = last_before(timeline, step, [&](const Step& other) {
    return other.call && other.call->is("up") && same_place(other, step) &&
           is_bound(other, timeline) && other.call->global_option("--env-file") != nullptr &&
           same_stack(*other.call, call) &&
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

// The file for production that is read in addition.
const SourceFile* production_of(const Project& wider, const Project& project) {
  const auto found =
      std::find_if(wider.files.begin(), wider.files.end(), [&](const SourceFile* file) {
        return std::find(project.files.begin(), project.files.end(), file) == project.files.end() &&
               has_name_word(file_name(file->path()), {"live", "prd", "prod", "production"});
      });
  return found == wider.files.end() ? nullptr : *found;
}

// `-f compose.yaml -f compose.prod.yaml pull`, and `up -d` without: the stack starts without what
// is for production.
void look_at_files(const Step& step, const ComposeInvocation& call, const Timeline& timeline,
                   RuleContext& context) {
  if (!call.is("up") || call.global_option("--file") != nullptr) return;
  const Project& project = *call.target.project;
  const Step* wider = last_before(timeline, step, [&](const Step& other) {
    return other.call && among(other.call->verb, {"build", "down", "pull", "up"}) &&
           same_place(other, step);
  });
  if (wider == nullptr || wider->call->is("down") || !is_bound(*wider, timeline)) return;
  const Project& other = *wider->call->target.project;
  if (wider->call->global_option("--file") == nullptr || !same_stack(*wider->call, call) ||
      !reads_all_of(other, project) ||
      timeline.reach(index_of(timeline, *wider), index_of(timeline, step)) != Reach::kAlways) {
    return;
  }
  const SourceFile* file = production_of(other, project);
  std::string what = file == nullptr ? std::string() : difference(other, project);
  if (what.empty() && file != nullptr) what = lacking_variable(other, project);
  if (what.empty()) return;
  Finding& finding = context.report(call.verb_span,
                                    "without the `-f` of " + line_of(*wider, call.verb_span) +
                                        " this `up` leaves " + quoted(file_name(file->path())) +
                                        " out: it starts the stack with " + what,
                                    {"up", "--file", std::string(file_name(file->path()))});
  finding.related.push_back({wider->call->span, "read with it here"});
}

// `down`, and `up -d` with the file for production: what only that one has stays up.
void look_at_orphans(const Step& step, const ComposeInvocation& call, const Timeline& timeline,
                     RuleContext& context) {
  if (!call.is("down") || call.global_option("--file") != nullptr || !call.services.empty() ||
      call.has("--remove-orphans") || call.opaque_options ||
      call.global_option("--project-name") != nullptr) {  // goes by the labels of the containers
    return;
  }
  const Project& project = *call.target.project;
  const Step* up = first_after(timeline, step, [&](const Step& other) {
    return other.call && among(other.call->verb, {"down", "up"}) && same_place(other, step);
  });
  if (up == nullptr || !up->call->is("up") || !is_bound(*up, timeline) ||
      !up->call->operands.empty() || up->call->global_option("--file") == nullptr ||
      !same_stack(*up->call, call) ||
      timeline.reach(index_of(timeline, step), index_of(timeline, *up)) != Reach::kAlways) {
    return;
  }
  const Project& wider = *up->call->target.project;
  const SourceFile* file = reads_all_of(wider, project) ? production_of(wider, project) : nullptr;
  if (file == nullptr) return;
  const auto left =
      std::find_if(wider.services.begin(), wider.services.end(), [&](const Service& service) {
        return service.active && service.span.file == file &&
               project.service(service.name) == nullptr;
      });
  if (left == wider.services.end()) return;
  Finding& finding = context.report(
      call.verb_span,
      quoted("down") + " without the `-f` of " + line_of(*up, call.verb_span) + " leaves " +
          quoted(left->name) + " up, which is in " + quoted(file_name(file->path())) +
          " alone: it runs on without the others, and that `up` does not make it anew",
      {"down", "--file", std::string(file_name(file->path()))});
  finding.related.push_back({up->call->span, "brought up with it here"});
}

constexpr std::string_view kFirstTimeOnly =
    "this `up` builds it the first time only, and starts the old image from then on";

std::string_view image_of(const Service* service) {
  return service != nullptr && service->image ? std::string_view(service->image->value)
                                              : std::string_view();
}

// `build`, and `up` with a file or a profile more: an image that is there is not built again.
void look_at_builds(const Step& step, const Timeline& timeline, RuleContext& context) {
  const auto gap = build_gap(timeline, step);
  if (!gap || !is_bound(*gap->build, timeline)) return;
  // What is built has another name: `up` does not find it.
  const Service* built = gap->build->call->target.project->service(gap->service->name);
  const bool renamed = gap->differs && image_of(built) != image_of(gap->service);
  // A runner has no old image: there `up` builds what has been left out.
  if ((!gap->differs || renamed) && context.context() == Context::kCi) return;
  const ComposeInvocation& call = *step.call;
  const std::string missed =
      gap->file != nullptr ? quoted(file_name(gap->file->path())) : "the profile " + gap->profile;
  Finding& finding = context.report(
      call.verb_span,
      "`build` on " + line_of(*gap->build, call.verb_span) + " is without " + missed +
          (gap->differs ? ", which builds " + quoted(gap->service->name)
                        : ", and leaves " + quoted(gap->service->name)) +
          (renamed        ? " as another image: " + std::string(kFirstTimeOnly)
           : gap->differs ? " otherwise: this `up` finds that image and starts it as it is"
                          : " out: " + std::string(kFirstTimeOnly)),
      {"up", "build", gap->service->name});
  finding.related.push_back({gap->build->call->span, "built without it here"});
}

// `X` of `${X:?}` that nothing known gives a value; empty: none.
std::vector<std::string> lacking_in(const Project& project) {
  std::vector<std::string> names;
  for (const ProjectProblem& problem : project.problems) {
    if (trouble_of(problem) == Trouble::kRequired) names.push_back(required_variable(problem));
  }
  return names;
}

// Another call of the script reads an env file for the same files, and lacks nothing or is not in
// the repository.
const Step* env_file_elsewhere(const Timeline& timeline, const Step& step,
                               const std::string& name) {
  const Project& project = *step.call->target.project;
  for (const Step& other : timeline.steps) {
    if (!other.call || !same_place(other, step) || !other.call->errors.empty()) continue;
    const OptionUse* option = other.call->global_option("--env-file");
    const Project* bound = other.call->target.project;
    if (option == nullptr || !option->value || !option->value->known() || bound == nullptr ||
        !same_files(*bound, project)) {
      continue;
    }
    // A `.env` that each machine has its own of beside the compose file would be read by both.
    const std::string& path = option->value->text;
    const bool elsewhere = path.ends_with("/.env") && path != "./.env";
    if (project.own_env && !elsewhere) continue;
    const std::vector<std::string> lacking = lacking_in(*bound);
    const bool not_seen =
        std::any_of(other.call->target.missing.begin(), other.call->target.missing.end(),
                    [](const MissingFile& file) { return file.env_file; });
    const bool has_it = std::find(lacking.begin(), lacking.end(), name) == lacking.end();
    if (has_it || not_seen) return &other;
  }
  return nullptr;
}

struct Refused {
  std::string name;
  const Step* with = nullptr;
};

// `up --env-file prod.env`, then `stop` without: `${X:?}` refuses it.
std::optional<Refused> refused_without_env_file(const Timeline& timeline, const Step& step) {
  if (!step.call || !step.call->errors.empty() || !is_bound(step, timeline)) return std::nullopt;
  if (step.call->opaque_global || step.call->global_option("--env-file") != nullptr) {
    return std::nullopt;
  }
  const Project& project = *step.call->target.project;
  for (const std::string& name : lacking_in(project)) {
    if (brings_variables(timeline, name)) continue;
    const Step* with = env_file_elsewhere(timeline, step, name);
    if (with != nullptr) return Refused{name, with};
  }
  return std::nullopt;
}

void look_at_required(const Step& step, const Timeline& timeline, RuleContext& context) {
  const auto refused = refused_without_env_file(timeline, step);
  if (!refused) return;
  const auto here = timeline.steps.begin() + static_cast<std::ptrdiff_t>(index_of(timeline, step));
  const bool told = std::any_of(timeline.steps.begin(), here, [&](const Step& each) {
    return refused_without_env_file(timeline, each).has_value();
  });
  if (told) return;
  Finding& finding = context.report(
      step.call->verb_span,
      "without the `--env-file` of " + line_of(*refused->with, step.call->verb_span) +
          " Compose refuses " + quoted(short_form(*step.call)) + ": " + quoted(refused->name) +
          " is required and has no value",
      {step.call->verb, "--env-file", refused->name});
  finding.related.push_back({refused->with->call->span, "reads an env file here"});
}

// Each kind once a file: the next place is mended by the same word.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::string, std::vector<Finding*>> kinds;
  for (Finding* finding : findings) {
    if (!finding->related.empty()) kinds[finding->related.front().message].push_back(finding);
  }
  for (const auto& [kind, all] : kinds) tell_once_a_file(facts, all);
  // The same two names in the next script.
  tell_once_a_subject(findings, [](const Finding& finding) {
    const std::size_t own = finding.key.size() < 3 ? 0 : 3;
    const bool names = own > 0 && finding.key[1] != "--env-file" && finding.key[1] != "--file" &&
                       finding.key[1] != "build";
    return names ? finding.related.front().message + finding.key[1] + " " + finding.key[2]
                 : std::string();
  });
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (context.timeline() == nullptr || !call.errors.empty() || !is_bound(step, *context.timeline()))
    return;
  look_at_names(step, call, *context.timeline(), context);
  look_at_clearing(step, call, *context.timeline(), context);
  look_at_env_files(step, call, *context.timeline(), context);
  look_at_files(step, call, *context.timeline(), context);
  look_at_orphans(step, call, *context.timeline(), context);
  look_at_builds(step, *context.timeline(), context);
  look_at_required(step, *context.timeline(), context);
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
        "`logs` find nothing and end with 0, `down` leaves everything running, and `down -v` "
        "before the work clears nothing of what is used; `up` without the `--env-file` of the "
        "last `up` recreates the containers with other values; `stop` without the one that sets "
        "the `X` of `${X:?}` is refused and ends with 1 (measured with 2.40.3). `up` without the "
        "`-f prod.yaml` with which the script has just pulled or built starts the stack without "
        "what is set there, and `down` without the one of the `up` behind it leaves up what only "
        "that file has. `up` builds what has no image, and nothing else: where the `build` before "
        "it "
        "lacks a file with other build arguments, or the profile of the service, the old image "
        "starts.",
    .silent_on =
        "Names under which the script itself brings a stack up: it drives several. A name that is "
        "the directory's where the other is part of it: a checkout called otherwise. Different "
        "files, which are variants, unless one for production is left out; `down "
        "--remove-orphans`. Env files that make no "
        "difference to image or environment. Required variables that the script may bring itself, "
        "and a `.env` that is each machine's own.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
