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

// `cd /srv/shop/gateway` of a script or a page that then starts what is there.
bool goes_to(std::string_view text, std::string_view directory) {
  constexpr std::string_view kGo = "cd ";
  for (std::size_t at = text.find(kGo); at != text.npos; at = text.find(kGo, at + 1)) {
    const std::string_view rest = text.substr(at + kGo.size());
    std::string_view where = rest.substr(0, rest.find_first_of(" \t\r\n;&'\"`)"));
    if (where.ends_with('/')) where.remove_suffix(1);
    if (text::name_of(where) == directory) return true;
  }
  return false;
}

bool starts(const ScriptFacts& script) {
  const std::vector<Step>& steps = script.timeline.steps;
  return std::any_of(steps.begin(), steps.end(),
                     [](const Step& step) { return step.call && step.call->is("up"); });
}

// A script of operation that lies beside it: who saves what is a toy?
bool is_cared_for(const ScriptFacts& script, const SourceFile& file) {
  const ContextCue& told = script.context;
  return told.context == Context::kOps && !told.by_default && !script.timeline.steps.empty() &&
         text::directory_of(script.file->path()) == text::directory_of(file.path());
}

}  // namespace

bool is_production_elsewhere(const SourceFile& file, const std::string& path,
                             Workspace& workspace) {
  if (names_production(text::relative_path(workspace.root_of(path), path))) return false;
  bool found = false;
  const std::string_view directory = text::name_of(text::directory_of(path));
  for (const auto& script : workspace.scripts) {
    if (is_cared_for(*script, file)) return false;
    const bool reader =
        script->context.context == Context::kOps || script->context.context == Context::kDocs;
    if (reader && starts(*script) && goes_to(script->file->bytes(), directory)) return false;
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
