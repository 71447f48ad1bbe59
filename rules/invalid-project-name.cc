#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/words/certain_value.h"

namespace composelint::rules {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string allowed_part(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (is_letter_or_digit(c) || (!out.empty() && (c == '_' || c == '-'))) out += c;
  }
  return out;
}

constexpr std::string_view kWhy =
    ": Compose refuses it, as a project name is made of lower-case letters, digits, `-` and `_` "
    "and begins with a letter or digit";

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const OptionUse* use = call.global_option("--project-name");
  if (use == nullptr || !use->value || !call.errors.empty() || context.timeline() == nullptr)
    return;
  const Argument& word = *use->value;
  if (word.text.empty() || word.text.find_first_of("<>{}") != std::string::npos) return;
  const std::string allowed = allowed_part(word.text);
  if (allowed == word.text || !is_certain(word, step, *context.timeline())) return;
  const Span place = word.place();
  Finding& finding = context.report(
      place, quoted(word.text) + " is no project name" + std::string(kWhy), {"-p", word.text});
  if (!allowed.empty() && place.text() == word.text) {
    finding.fixes.push_back({"Write " + allowed, FixSafety::kUnsafe, {{place, allowed}}});
  }
}

// COMPOSE_PROJECT_NAME of an env file; a directory of whose name nothing is left.
void on_project(const Project& project, RuleContext& context) {
  for (const ProjectProblem& problem : project.problems) {
    if (!problem.refused) continue;
    if (problem.span && problem.message.starts_with("invalid project name")) {
      context.report(problem.span,
                     quoted(project.name.value) + " is no project name" + std::string(kWhy),
                     {"COMPOSE_PROJECT_NAME", project.name.value});
    }
    if (problem.message == "project name must not be empty" && !project.files.empty()) {
      const SourceFile* file = project.files.front();
      const auto end = static_cast<std::uint32_t>(file->line_text(1).size());
      context.report({file, 0, end},
                     "nothing of the directory's name can stand in a project name, and there is no "
                     "`name:`: Compose stops with \"project name must not be empty\"",
                     {"directory"});
    }
  }
}

// A name is wrong wherever it is given.
void on_findings(const WorkspaceFacts& /*facts*/, std::span<Finding* const> findings) {
  tell_once_a_subject(findings, [](const Finding& finding) {
    return finding.key.front() == "directory" ? std::string() : finding.key.back();
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose -p Shop.Prod up -d --wait\n",
    .safe = "docker compose -p shop-prod up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(invalid_project_name) = {
    .slug = "invalid-project-name",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "A project gets a name that Compose refuses",
    .rationale =
        "`-p` and COMPOSE_PROJECT_NAME are taken as they are: upper-case letters, dots and blanks "
        "end the command with `invalid project name`, exit code 1. The directory's name is made to "
        "fit (`My App.v2` becomes `myappv2`), unless nothing is left of it: `project name must not "
        "be empty` (measured with 2.40.3). docker-compose 1.x made all of them fit.",
    .silent_on =
        "`name:` in a compose file and names of directories, which Compose makes to fit. Names "
        "that are not certain: they hang on unknown variables, on the default of an argument, on "
        "what the script tests, or on the directory of a checkout. A name is told of once.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
