#include "analyzer/signs/steps/demanded_elsewhere.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/steps/set_elsewhere.h"
#include "analyzer/signs/steps/settings_of_others.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// `. ./prod.env`. Compose reads `.env` itself.
bool reads_settings(const Step& step) {
  if (step.argv.size() < 2 || step.place != Place::kHost || step.detached) return false;
  if (!step.argv[0].is("source") && !step.argv[0].is(".")) return false;
  const std::string_view name = file_name(step.argv[1].text);
  return step.argv[1].known() && name != ".env" && name.find("env") != name.npos;
}

// A file of the repository that the script has read, and that sets the variable.
const SourceFile* read_here(const Timeline& timeline, std::string_view name) {
  for (const SourceFile* file : timeline.sourced) {
    const std::string_view called = file_name(file->path());
    if (called != ".env" && called.find("env") != called.npos &&
        find_name(file->bytes(), name) != std::string_view::npos) {
      return file;
    }
  }
  return nullptr;
}

// Reads, before the call, a file that sets the variable, or one that only its machine has.
std::string read_before(const Timeline& timeline, const Step& call, const Project& acted_on,
                        std::string_view name) {
  const bool lacks = std::any_of(
      acted_on.problems.begin(), acted_on.problems.end(), [&](const ProjectProblem& problem) {
        return trouble_of(problem) == Trouble::kRequired && required_variable(problem) == name;
      });
  if (!lacks) {
    const SourceFile* file = read_here(timeline, name);
    return file == nullptr ? std::string() : std::string(file_name(file->path()));
  }
  for (const Step& step : timeline.steps) {
    if (&step == &call) break;
    if (reads_settings(step) && sources_what_is_not_here(timeline, step)) return step.argv[1].text;
  }
  return {};
}

bool is_run_by_another(const WorkspaceFacts& facts, const SourceFile* file) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return task.timeline->file != file &&
           std::any_of(steps.begin(), steps.end(),
                       [&](const Step& step) { return step.span.file == file; });
  });
}

bool loads_its_project(const Step& step) {
  return step.call && step.place == Place::kHost && !step.detached && !step.call->verb.empty() &&
         !step.call->is("version") && !step.call->is("ls") && !step.call->opaque_global &&
         step.call->target.project != nullptr && step.call->target.missing.empty() &&
         step.call->target.others.empty() && step.call->global_option("--env-file") == nullptr;
}

}  // namespace

std::optional<UnreadSettings> unread_settings(const WorkspaceFacts& facts, const TaskView& task) {
  const Timeline& own = *task.timeline;
  const auto reads = [](const Step& step) {
    return step.argv.size() > 1 && (step.argv[0].is("source") || step.argv[0].is("."));
  };
  if (!own.task.empty() || std::any_of(own.steps.begin(), own.steps.end(), reads)) {
    return std::nullopt;
  }
  for (const Step& step : own.steps) {
    if (!loads_its_project(step) || step.span.file != own.file) continue;
    const Project& project = *step.call->target.project;
    if (project.own_env) continue;  // it may be in there
    for (const ProjectProblem& problem : project.problems) {
      if (trouble_of(problem) != Trouble::kRequired) continue;
      const std::string name = required_variable(problem);
      if (name.empty() || comes_with_the_session(name) || own.assigns(name) ||
          find_name(own.file->bytes(), name) != std::string_view::npos) {
        continue;
      }
      for (const TaskView& view : facts.tasks) {
        const Timeline& other = *view.timeline;
        if (other.file == own.file || !other.task.empty()) continue;
        for (const Step& call : other.steps) {
          if (!loads_its_project(call) || call.call->target.project->files != project.files) {
            continue;
          }
          std::string read = read_before(other, call, *call.call->target.project, name);
          if (read.empty()) continue;
          if (is_run_by_another(facts, own.file)) return std::nullopt;
          return UnreadSettings{&step, &call, name, std::move(read)};
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace composelint
