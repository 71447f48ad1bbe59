#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

// The line of an env file that chooses the compose files.
Span line_of_variable(const Project& project) {
  constexpr std::string_view kName = "COMPOSE_FILE=";
  for (const SourceFile* file : project.env_files) {
    for (std::uint32_t line = 1; line <= file->line_count(); ++line) {
      const std::string_view text = file->line_text(line);
      if (!text.starts_with(kName) || text.size() == kName.size()) continue;
      const std::uint32_t begin = file->line_begin(line);
      return {file, begin, begin + static_cast<std::uint32_t>(text.size())};
    }
  }
  return {};
}

// `.env` of the same directory as a call without --env-file reads it.
Span lost_to_env_file(const WorkspaceFacts& facts, const Project& project) {
  for (const Project* other : facts.projects) {
    if (other == &project || other->directory != project.directory) continue;
    const Span line = line_of_variable(*other);
    if (line && file_name(line.file->path()) == ".env") return line;
  }
  return {};
}

void look_at(const WorkspaceFacts& facts, const TaskView& task, const Step& step,
             RuleContext& context) {
  const ComposeInvocation& call = *step.call;
  const Project* project = call.target.project;
  if (project == nullptr || !project->default_files || call.global_option("--file") != nullptr) {
    return;
  }
  const bool named = call.global_option("--env-file") != nullptr;
  const Span here = line_of_variable(*project);
  if (here && named) return;  // it is in the file that is named
  const Span line = named ? lost_to_env_file(facts, *project) : here;
  if (!line) return;
  std::string files;
  for (const SourceFile* file : project->files) {
    files += (files.empty() ? "" : ", ") + std::string(file_name(file->path()));
  }
  Finding& finding = context.report(
      call.program_span,
      (named ? "`--env-file` takes the place of `.env`, and COMPOSE_FILE in it is lost"
             : std::string("COMPOSE_FILE of a `.env` counts in its own directory alone, and this "
                           "call runs below it")) +
          ": " + quoted(call.verb) + " acts on " + quoted(files),
      {call.verb, "COMPOSE_FILE"});
  finding.severity = context.severity_in(task.context);
  finding.context = to_string(task.context);
  finding.related.push_back({line, "set here"});
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.call && step.place == Place::kHost) look_at(facts, task, step, context);
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose --env-file deploy.env up -d --wait\n",
    .safe = "docker compose --env-file .env --env-file deploy.env up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
    .beside = ".env\nCOMPOSE_FILE=compose.yaml:production.yaml\n",
}};

}  // namespace

COMPOSELINT_RULE(compose_file_variable_lost) = {
    .slug = "compose-file-variable-lost",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "COMPOSE_FILE of a .env does not reach this call",
    .rationale =
        "Compose reads COMPOSE_FILE from the `.env` of the directory it is started in. Started "
        "below it, it finds the project upwards by the default names and reads that `.env` too "
        "late for the choice; with `--env-file` it does not read it at all. The same project is "
        "made of other files then, without a word (measured with 2.40.3).",
    .silent_on = "Calls with `-f`, COMPOSE_FILE in the environment or in the file that is named.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
