#include "analyzer/engine/production_elsewhere.h"

#include <algorithm>

#include "analyzer/engine/context_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool reads(const Project* project, const SourceFile& file) {
  return project != nullptr &&
         std::any_of(project->written.begin(), project->written.end(),
                     [&](const WrittenFile& each) { return each.file == &file; });
}

bool means(const ComposeInvocation& call, const SourceFile& file) {
  const auto& others = call.target.others;
  return reads(call.target.project, file) || reads(call.target.likely, file) ||
         std::any_of(others.begin(), others.end(),
                     [&](const Project* other) { return reads(other, file); });
}

// `infra/compose.prod.yaml`, seen from `gateway/compose.yaml`.
bool starts_production_apart_from(const ComposeInvocation& call, const SourceFile& file) {
  const Project* project = call.target.project;
  if (project == nullptr || project->files.empty() || !call.is("up")) return false;
  const std::string own = text::directory_of(file.path());
  return std::none_of(
             project->files.begin(), project->files.end(),
             [&](const SourceFile* each) { return text::directory_of(each->path()) == own; }) &&
         std::any_of(project->files.begin(), project->files.end(), [](const SourceFile* each) {
           return names_production(text::name_of(each->path()));
         });
}

}  // namespace

bool is_production_elsewhere(const SourceFile& file, const std::string& path,
                             Workspace& workspace) {
  if (names_production(text::relative_path(workspace.root_of(path), path))) return false;
  bool found = false;
  for (const auto& script : workspace.scripts) {
    if (script->context.context != Context::kOps) continue;
    for (const Step& step : script->timeline.steps) {
      if (!step.call) continue;
      if (means(*step.call, file)) return false;
      found |= !script->context.by_default && starts_production_apart_from(*step.call, file);
    }
  }
  return found;
}

}  // namespace composelint::engine
