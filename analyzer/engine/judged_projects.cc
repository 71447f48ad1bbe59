#include "analyzer/engine/judged_projects.h"

#include <composelint/value.h>

#include <algorithm>
#include <string_view>

#include "analyzer/compose/select_files.h"
#include "analyzer/engine/files_below.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool reads(const Project& project, const SourceFile& source) {
  return std::find(project.files.begin(), project.files.end(), &source) != project.files.end();
}

void add_once(const Project* project, std::vector<const Project*>& projects) {
  if (project == nullptr) return;
  if (std::find(projects.begin(), projects.end(), project) == projects.end()) {
    projects.push_back(project);
  }
}

struct Called {
  std::vector<const Project*> with_others;  // `-f base.yml -f prod.yml`
  bool as_it_is = false;                    // alone, or by the default search
};

Called called(const SourceFile& source, const std::vector<CallRecord>& calls) {
  Called out;
  const auto look = [&](const Project* project) {
    if (project == nullptr || !reads(*project, source)) return;
    const bool others = project->files.size() > 1 && !project->default_files;
    if (others) add_once(project, out.with_others);
    out.as_it_is |= !others;
  };
  for (const CallRecord& record : calls) {
    look(record.step->call->target.project);
    for (const Project* other : record.step->call->target.others) look(other);
  }
  return out;
}

// A service that says neither what it is made of nor where it comes from is laid over another.
bool is_fragment(const Project& project) {
  return std::any_of(project.services.begin(), project.services.end(), [](const Service& service) {
    return !service.image && !service.build && service.attribute("provider") == nullptr;
  });
}

// Compose would refuse it by itself.
bool is_no_stack(const Project& project) {
  return project.services.empty() || is_fragment(project) ||
         std::any_of(project.problems.begin(), project.problems.end(),
                     [](const ProjectProblem& problem) { return problem.refused; });
}

// As the calls read it that name its directory by a variable.
const Project* over_others(const std::string& path, Workspace& workspace,
                           const std::vector<CallRecord>& calls) {
  std::vector<std::string> files = files_below(path, workspace, calls);
  if (files.empty()) return nullptr;
  files.push_back(path);
  const Project* all = workspace.binder(workspace.root_of(path)).project_of_files(files);
  return all != nullptr && !is_fragment(*all) ? all : nullptr;
}

const Project* over_the_default(const std::string& path, calls::Binder& binder,
                                const FileSystem& files) {
  const std::string directory = text::directory_of(path);
  for (const char* name : compose::kDefaultNames) {
    const std::string base = text::join_path(directory, name);
    if (base == path) return nullptr;
    if (files.kind(base) != FileKind::kRegular) continue;
    const Project* both = binder.project_of_files({base, path});
    return both != nullptr && !is_fragment(*both) ? both : nullptr;
  }
  return nullptr;
}

// "Dev-only overrides, merged on this machine": without them it is another stack, and that one is
// in use.
bool is_laid_over_by_developers(const Project& project) {
  return project.files.size() > 1 &&
         std::any_of(project.files.begin() + 1, project.files.end(), [](const SourceFile* file) {
           const std::string title = head_comment(*file).title;
           return has_name_word(title, {"dev", "development", "local", "locally"}) &&
                  !names_operation(title);
         });
}

}  // namespace

std::vector<const Project*> judged_projects(const SourceFile& source, const std::string& path,
                                            Workspace& workspace,
                                            const std::vector<CallRecord>& calls) {
  calls::Binder& binder = workspace.binder(workspace.root_of(path));
  const std::string_view name = text::name_of(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  const std::string directory = text::directory_of(path);
  std::vector<const Project*> out;
  // A default file is read with its override, as a call without -f reads it; the override alone is
  // no project.
  if (stem == "compose.override" || stem == "docker-compose.override") {
    // Read all the same: a file that is broken is told of.
    const bool has_base = compose::has_default_file(workspace.sources.files(), directory);
    if (!has_base || binder.project_in(directory) == nullptr) binder.project_of_files({path});
    return {};
  }
  const Called called_so = called(source, calls);
  out = called_so.with_others;
  if (!out.empty() && !called_so.as_it_is) return out;
  const bool by_default = stem == "compose" || stem == "docker-compose";
  const Project* project = by_default ? binder.project_in(directory) : nullptr;
  if (project == nullptr || !reads(*project, source)) project = binder.project_of_files({path});
  if (project != nullptr && out.empty() && is_no_stack(*project)) {
    const Project* both = called_so.as_it_is ? nullptr : over_others(path, workspace, calls);
    if (both == nullptr && is_fragment(*project)) {
      both = over_the_default(path, binder, workspace.sources.files());
    }
    if (both != nullptr) project = both;
  }
  add_once(project, out);
  if (project != nullptr && by_default && is_laid_over_by_developers(*project)) {
    const Project* alone = binder.project_of_files({path});
    if (alone != nullptr && !is_fragment(*alone)) add_once(alone, out);
  }
  return out;
}

}  // namespace composelint::engine
