#include "analyzer/engine/configured_project.h"

#include "analyzer/calls/task.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

std::string missing_file(const compose::LoadRequest& request, const FileSystem& files) {
  for (const std::string& file : request.files) {
    const std::string path = text::join_path(request.working_directory, file);
    if (files.kind(path) != FileKind::kRegular) return file;
  }
  return "";
}

}  // namespace

void apply_project(Timeline& timeline, const Config& config, const text::SourceStore& sources,
                   calls::Binder& binder) {
  if (config.projects.empty()) return;
  for (Step& step : timeline.steps) {
    if (!step.call || step.call->target.project != nullptr || !step.call->span) continue;
    const std::string path = text::join_path(sources.base(), step.call->span.file->path());
    const Config::ProjectOf* told = config.project_of(path);
    if (told == nullptr) continue;
    const std::string gone = missing_file(told->request, sources.files());
    if (!gone.empty()) {
      step.call->target.why_unknown = gone + ", which the configuration names, is not there";
      continue;
    }
    step.call->target = binder.bind_to(told->request);
    // What `run SERVICE` does may hang on the service's own command.
    calls::judge(*step.call, &config.vocabulary);
    step.effect = step.call->effect;
    step.role = step.call->role;
    step.effect_name = step.call->effect_name;
  }
}

}  // namespace composelint::engine
