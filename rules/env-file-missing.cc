#include <composelint/mentions.h>
#include <composelint/missing_file.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <map>
#include <string>
#include <tuple>

namespace composelint::rules {
namespace {

void look_at_calls(const WorkspaceFacts& facts, const TaskView& task, RuleContext& context) {
  for (const Step& step : task.timeline->steps) {
    if (!step.call || !sees_the_repository(*task.timeline, step)) continue;
    for (const MissingFile& missing : step.call->target.missing) {
      if (!missing.env_file || missing.expected || !is_path_of_repository(missing.path)) continue;
      if (speaks_of_file(facts, missing.path.text)) continue;
      Finding& finding =
          context.report(missing.path.place(),
                         quoted(missing.path.text) + " is not there and nothing here makes it: " +
                             quoted(step.call->verb.empty() ? "compose" : step.call->verb) +
                             " stops with \"couldn't find env file\"",
                         {"--env-file", missing.path.text});
      finding.severity = context.severity_in(task.context);
      finding.context = to_string(task.context);
    }
  }
}

using Place = std::tuple<const SourceFile*, std::uint32_t, std::uint32_t>;

Place place_of(const EnvFile& file) {
  return {file.span.file, file.span.begin, file.span.end};
}

bool is_placeholder(std::string_view path) {
  return path.find_first_of("{}<>$") != std::string_view::npos;
}

// As somebody in the project's directory would name it.
std::string path_told(const Project& project, const EnvFile& file) {
  const std::string below = project.directory + "/";
  return file.path.starts_with(below) ? file.path.substr(below.size()) : file.path;
}

// The same line is read from several directories: by a script that names the file, on its own.
// Where one of them finds it, it is there.
void look_at_services(const WorkspaceFacts& facts, RuleContext& context) {
  std::map<Place, bool> found;
  for (const Project* project : facts.projects) {
    for (const Service& service : project->services) {
      for (const EnvFile& file : service.env_files) {
        found[place_of(file)] |= file.there || file.expected || !file.required;
      }
    }
  }
  for (const Project* project : facts.projects) {
    if (!is_in_use(facts, *project)) continue;
    for (const Service& service : project->services) {
      for (const EnvFile& file : service.env_files) {
        bool& known = found[place_of(file)];
        if (known || !file.span || is_placeholder(file.path)) continue;
        known = true;  // told once
        if (speaks_of_file(facts, file.path)) continue;
        context.report(file.span,
                       quoted(path_told(*project, file)) + ", the env file of " +
                           quoted(service.name) +
                           ", is not there and nothing here makes it: every command on this "
                           "project stops with \"env file … not found\"",
                       {service.name, std::string(file_name(file.path))});
      }
    }
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) look_at_calls(facts, task, context);
  look_at_services(facts, context);
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose --env-file deploy.env up -d --wait\n",
        .safe = "printf 'TAG=%s\\n' \"$1\" > deploy.env\n"
                "docker compose --env-file deploy.env up -d --wait\n",
        .compose = "services:\n  app:\n    image: example/app:1.4\n",
    },
    {
        .unsafe = "services:\n  app:\n    image: example/app:1.4\n    env_file: app.env\n",
        .safe = "services:\n"
                "  app:\n"
                "    image: example/app:1.4\n"
                "    env_file:\n"
                "      - path: app.env\n"
                "        required: false\n",
        .is_compose = true,
    }};

}  // namespace

COMPOSELINT_RULE(env_file_missing) = {
    .slug = "env-file-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "An env file is named that is not there",
    .rationale =
        "Compose refuses the whole project when a file of `--env-file` or `env_file` is missing, "
        "for `ps` and `logs` too, exit code 1 (measured with Compose 2.40.3; 14 with 2.26.1). "
        "`required: false` makes it optional.",
    .silent_on =
        "Files that git ignores or that a template (`.env.example`) is there for: each machine has "
        "its own. Files in directories that are not there either. Compose files that no call and "
        "no default search leads to. Files that any script, Makefile or workflow of the repository "
        "speaks of: it may make them. Scripts that clone, download, unpack or generate something "
        "first. Absolute paths, paths that lead out of the repository, and calls on another "
        "machine.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
