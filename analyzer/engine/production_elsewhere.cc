#include "analyzer/engine/production_elsewhere.h"

#include <algorithm>
#include <string>

#include "analyzer/engine/context_words.h"
#include "analyzer/signs/words/development_words.h"
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

// `cd /srv/platform/gateway && docker compose up -d` on a server, seen from `gateway/compose.yaml`.
bool works_in_its_directory(const Step& step, const std::string& path) {
  const std::string own = text::directory_of(path);
  return step.call->target.project == nullptr && step.directory &&
         text::name_of(*step.directory) == text::name_of(own);
}

// `backup.sh` beside it: whoever keeps copies of it has it in use.
bool is_operated_from_beside(const ScriptFacts& script, const SourceFile& file) {
  const std::string directory = text::directory_of(file.path());
  if (directory.empty() || text::directory_of(script.file->path()) != directory) return false;
  return !script.context.by_default || script.context.cue.starts_with("file name ");
}

// A page's chapter on deployment starts it.
bool is_deployed_by_a_page(const Step& step, const SourceFile& file, Workspace& workspace) {
  return means(*step.call, file) && step.span.file != nullptr &&
         has_name_word(workspace.heading_above(*step.span.file, step.span.begin),
                       {"deploy", "deploying", "deployment", "production", "server"});
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
    const Context context = script->context.context;
    const bool page = context == Context::kDocs;
    if (context != Context::kOps && !page) continue;
    if (!page && is_operated_from_beside(*script, file)) return false;
    for (const Step& step : script->timeline.steps) {
      if (!step.call) continue;
      if (page) {
        if (is_deployed_by_a_page(step, file, workspace)) return false;
        continue;
      }
      if (means(*step.call, file) || works_in_its_directory(step, path)) return false;
      found |= !script->context.by_default && starts_production_apart_from(*step.call, file);
    }
  }
  return found;
}

}  // namespace composelint::engine
