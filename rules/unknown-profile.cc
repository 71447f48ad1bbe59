#include <composelint/nearest.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/rewritten_file.h"
#include "analyzer/signs/reports/left_to.h"
#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

std::vector<std::string_view> profiles_of(const Project& project) {
  std::vector<std::string_view> names;
  for (const Service& service : project.services) {
    for (const Located<std::string>& profile : service.profiles) {
      if (std::find(names.begin(), names.end(), profile.value) == names.end()) {
        names.push_back(profile.value);
      }
    }
  }
  return names;
}

// A profile whose name hangs on a variable may be any.
bool may_have(const Project& project, std::string_view wanted) {
  if (project.partial || project.services.empty()) return true;
  for (const Service& service : project.services) {
    for (const Located<std::string>& profile : service.profiles) {
      if (!profile.known || profile.value == wanted) return true;
    }
  }
  return false;
}

// `compose.override.dev.yaml` beside it, which is linked or renamed where it is wanted.
bool an_override_has(const WorkspaceFacts& facts, const Project& project, std::string_view wanted) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* other) {
    const bool overrides =
        std::any_of(other->files.begin(), other->files.end(), [](const SourceFile* file) {
          return file_name(file->path()).find("override") != std::string_view::npos;
        });
    return overrides && other->directory == project.directory && !other->services.empty() &&
           may_have(*other, wanted);
  });
}

// `--profile search up -d web`: whatever the profile is, `web` starts, and nothing beside what it
// needs would.
bool names_what_starts(const ComposeInvocation& call, Span place) {
  const bool on_the_line =
      place.file == call.span.file && call.span.begin <= place.begin && place.end <= call.span.end;
  return on_the_line && !call.services.empty() && !call.opaque_options &&
         std::all_of(call.services.begin(), call.services.end(), [&](const Argument& service) {
           return service.known() && call.target.project->service(service.text) != nullptr;
         });
}

// `--profile search down`.
bool only_ends_or_shows(const ComposeInvocation& call, Span place) {
  static constexpr std::array<std::string_view, 8> kVerbs = {"down", "images", "kill", "logs",
                                                             "ps",   "rm",     "stop", "top"};
  const bool on_the_line =
      place.file == call.span.file && call.span.begin <= place.begin && place.end <= call.span.end;
  return on_the_line && std::find(kVerbs.begin(), kVerbs.end(), call.verb) != kVerbs.end();
}

void look_at(const std::string& wanted, Span place, const ComposeInvocation& call,
             const WorkspaceFacts& facts, const TaskView& task, RuleContext& context) {
  if (wanted.empty() || wanted.find('*') != std::string::npos) return;
  const Project& project = *call.target.project;
  if (may_have(project, wanted)) return;
  for (const Project* other : call.target.others) {
    if (may_have(*other, wanted)) return;
  }
  if (an_override_has(facts, project, wanted)) return;
  const std::vector<std::string_view> names = profiles_of(project);
  const std::string_view near = nearest(wanted, names);
  // A profile that is gone is no loss where nothing is to be started; one that is misspelt is.
  if (near.empty() && (only_ends_or_shows(call, place) || names_what_starts(call, place))) return;
  std::string message = "no service of project " + quoted(project.name.value) +
                        " has the profile " + quoted(wanted) + ": it turns nothing on, silently";
  if (!near.empty()) {
    message += "; did you mean " + quoted(near) + "?";
  } else if (!names.empty()) {
    message += "; its profiles are ";
    message += listed(std::vector<std::string>(names.begin(), names.end()), 6);
  }
  Finding& finding = context.report(place, std::move(message), {"--profile", wanted});
  finding.severity = context.severity_in(task.context);
  finding.context = to_string(task.context);
  // Without any profile there, all starts that is meant to.
  if (names.empty()) finding.severity = std::min(finding.severity, Severity::kNote);
  // It went with its service, here or at another call.
  for (const Step& step : task.timeline->steps) {
    const OptionUse* use = step.call ? step.call->global_option("--profile") : nullptr;
    if (use == nullptr || !use->value || use->value->text != wanted) continue;
    for (const Argument& service : step.call->services) {
      leave_to("unknown-service", service.place(), finding);
    }
  }
}

// Where COMPOSE_PROFILES is set in an env file of the project.
Span place_in_env_files(const Project& project) {
  constexpr std::string_view kName = "COMPOSE_PROFILES=";
  for (const SourceFile* file : project.env_files) {
    for (std::uint32_t line = 1; line <= file->line_count(); ++line) {
      const std::string_view text = file->line_text(line);
      if (!text.starts_with(kName)) continue;
      const std::uint32_t begin = file->line_begin(line);
      return {file, begin, begin + static_cast<std::uint32_t>(text.size())};
    }
  }
  return {};
}

// Where the script sets it, in one place: all calls behind it say the same.
Span place_in_script(const ComposeInvocation& call, const std::string& profile) {
  const SourceFile* file = call.program_span.file;
  const std::string_view text = file->bytes();
  Span place;
  for (const std::string_view quote : {"", "\"", "'"}) {
    const std::string sets = "COMPOSE_PROFILES=" + std::string(quote) + profile;
    for (std::size_t at = text.find(sets); at != std::string_view::npos;
         at = text.find(sets, at + 1)) {
      if (place) return {};
      const std::size_t end = std::min(text.find_first_of(" \t\r\n;&|)", at), text.size());
      place = {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    }
  }
  return place;
}

// `--profile "$GPU"`, of a variable with several values: each of them is a stack of its own, and
// none has a service with the profile.
void look_at_each(const ComposeInvocation& call, const WorkspaceFacts& facts, const TaskView& task,
                  RuleContext& context) {
  const OptionUse* use = call.global_option("--profile");
  if (use == nullptr || !use->value || call.target.others.empty()) return;
  std::vector<std::string> wanted;
  for (const Project* project : call.target.others) {
    if (project->profiles.empty()) return;
    for (const std::string& profile : project->profiles) {
      const bool there = may_have(*project, profile) || an_override_has(facts, *project, profile);
      if (there || profile.empty() || profile.find('*') != std::string::npos) return;
      if (std::find(wanted.begin(), wanted.end(), profile) == wanted.end()) {
        wanted.push_back(profile);
      }
    }
  }
  const Span place = use->value->span;
  if (only_ends_or_shows(call, place)) return;
  Finding& finding =
      context.report(place,
                     "no service of project " + quoted(call.target.others.front()->name.value) +
                         " has any of the profiles that this may be, " + listed(wanted, 6) +
                         ": they turn nothing on, silently",
                     {"--profile", wanted.front()});
  finding.severity = context.severity_in(task.context);
  finding.context = to_string(task.context);
}

bool asks_for_profiles(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  return call.global_option("--profile") != nullptr ||
         (project != nullptr && !project->profiles.empty());
}

void look_at(const Step& step, const WorkspaceFacts& facts, const TaskView& task,
             RuleContext& context) {
  const ComposeInvocation& call = *step.call;
  if (!call.errors.empty()) return;
  if (call.target.project == nullptr) return look_at_each(call, facts, task, context);
  if (!has_certain_services(step, *task.timeline)) return;
  bool named = false;
  for (const OptionUse& use : call.global_options) {
    if (use.name != "--profile" || !use.value) continue;
    named = true;
    look_at(use.value->text, use.value->place(), call, facts, task, context);
  }
  // --profile replaces COMPOSE_PROFILES.
  if (named || !has_certain_stack(step, *task.timeline)) return;
  const Span set = place_in_env_files(*call.target.project);
  for (const std::string& profile : call.target.project->profiles) {
    const Span place = set ? set : place_in_script(call, profile);
    if (set || is_certain(place, step, *task.timeline)) {
      look_at(profile, place, call, facts, task, context);
    }
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    if (context.severity_in(task.context) == Severity::kOff) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !asks_for_profiles(*step.call)) continue;
      if (is_file_of_script(*step.call, *task.timeline, step)) continue;
      look_at(step, facts, task, context);
    }
  }
}

// One slip is one cause, in however many scripts.
void on_findings(const WorkspaceFacts& /*facts*/, std::span<Finding* const> findings) {
  tell_once_a_subject(findings, [](const Finding& finding) {
    return told_before(finding, ": it turns nothing on");
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose --profile worker up -d --wait\n",
    .safe = "docker compose --profile workers up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n  jobs:\n    image: "
               "example/app:1.4\n    profiles: [workers]\n",
}};

}  // namespace

COMPOSELINT_RULE(unknown_profile) = {
    .slug = "unknown-profile",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A profile is turned on that no service has",
    .rationale =
        "Compose accepts any name behind `--profile` and in `COMPOSE_PROFILES` and says nothing: "
        "what the profile was meant to start is not started, and `down` does not stop it (measured "
        "with 2.40.3). A note, told once, where no service has any profile: all starts then.",
    .silent_on =
        "Projects that are not known or could not be read in full, or whose files the script has "
        "written before; profiles whose names are not certain (the default of an argument, a "
        "variable that the script tests, a word that is handed on), patterns. Profiles of an "
        "override file beside the project's own. A COMPOSE_PROFILES that a script sets is told of "
        "there, and one slip once for all the files that make it. Profiles that are gone where "
        "the call names services that are there, or one that is not, which unknown-service tells "
        "of; where `down`, `ps` or `logs` alone name them.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
