#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/secrets/secret_name.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/signs/words/workflow_names.h"

namespace composelint::rules {
namespace {

bool prints_values(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 13> kOthers = {"--quiet",
                                                               "--services",
                                                               "--images",
                                                               "--profiles",
                                                               "--volumes",
                                                               "--networks",
                                                               "--models",
                                                               "--hash",
                                                               "--no-interpolate",
                                                               "--output",
                                                               "--variables",
                                                               "--help",
                                                               "--lock-image-digests"};
  return call.is("config") && !call.opaque_options &&
         std::none_of(kOthers.begin(), kOthers.end(),
                      [&](std::string_view name) { return call.option(name) != nullptr; });
}

// What it prints goes into the log, itself or by way of a program that shows it.
bool is_shown(const Step& step, const Timeline& timeline) {
  if (step.out.kind == StreamKind::kInherited) return true;
  if (step.out.kind != StreamKind::kPipe) return false;
  const Step* next = next_stage(timeline, step);
  return next != nullptr && next->out.kind == StreamKind::kInherited &&
         (program_name(*next) == "tee" || program_name(*next) == "cat");
}

// The value is not written in the repository: it comes with the job.
bool comes_from_outside(const Located<std::optional<std::string>>& value) {
  return !value.known;
}

// Where the shell of the step is written in the file of its task.
Span shell_of(const Timeline& timeline, const Step& step) {
  const std::size_t index = static_cast<std::size_t>(&step - timeline.steps.data());
  Span span = step.span;
  for (const Section& section : timeline.sections) {
    if (section.first <= index && section.span) span = section.span;
  }
  return span;
}

// Whether a variable that the text names is one of these.
bool speaks_of(const Names& names, std::string_view text) {
  const auto is_name = [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::size_t begin = at + 1;
    if (begin < text.size() && text[begin] == '{') ++begin;
    std::size_t end = begin;
    while (end < text.size() && is_name(text[end])) ++end;
    if (names.contains(text.substr(begin, end - begin))) return true;
  }
  return false;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const Project* project = call.target.project;
  if (project == nullptr || context.timeline() == nullptr || step.place != Place::kHost) return;
  if (!prints_values(call) || !is_shown(step, *context.timeline())) return;
  const Span shell = shell_of(*context.timeline(), step);
  std::optional<Names> said;
  if (shell.file != nullptr) said = names_in_workflow(*shell.file, shell.begin);
  for (const Service& service : project->services) {
    for (const auto& [name, value] : service.environment) {
      if (!service.active || !names_a_secret(name) || !comes_from_outside(value) ||
          (said && !speaks_of(*said, value.from.span.text()))) {
        continue;
      }
      Finding& finding =
          context.report(call.verb_span,
                         "`config` prints the project with all values put in: " + quoted(name) +
                             " of " + quoted(service.name) + " ends up in the job's log",
                         {"config", service.name, name});
      finding.related.push_back({value.from.span, "its value comes with the job"});
      const Span verb = call.verb_span;
      if (call.verb_editable && verb.text() == "config" &&
          step.out.kind == StreamKind::kInherited) {
        if (auto fix = add_option(call, "-q")) finding.fixes.push_back(std::move(*fix));
      }
      return;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose config\n",
    .safe = "docker compose config -q\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    environment:\n      "
               "DB_PASSWORD: ${DB_PASSWORD}\n",
}};

}  // namespace

COMPOSELINT_RULE(config_printed_in_ci) = {
    .slug = "config-printed-in-ci",
    .since = "0.1.0",
    .severity = {.ops = Severity::kOff, .dev = Severity::kOff, .ci = Severity::kWarning},
    .summary = "docker compose config prints secrets into the log of a CI job",
    .rationale =
        "`docker compose config` prints the project with every variable replaced and the contents "
        "of env files put in; `--format json` and `--no-env-resolution` too (measured with "
        "2.40.3). CI services mask values that they know as secrets, as long as they stand alone "
        "and unchanged. `-q` checks the project and prints nothing but warnings.",
    .silent_on =
        "Projects whose passwords, tokens and keys are written in the repository or have a default "
        "there: everybody knows them. Variables of which a workflow of GitHub does not speak, or "
        "in another job alone: they are empty there. Output that goes to a file. `--services`, "
        "`--images` and "
        "their like, which print names.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 532,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
