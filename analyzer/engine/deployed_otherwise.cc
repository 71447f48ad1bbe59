#include "analyzer/engine/deployed_otherwise.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/engine/platform_files.h"
#include "analyzer/engine/run_by_a_cluster.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/signs/stacks/closed_state.h"
#include "analyzer/signs/stacks/operated_stack.h"
#include "analyzer/signs/stacks/production_twin.h"
#include "analyzer/signs/steps/reached_by_name.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/said_of_files.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool is_default_name(std::string_view path) {
  const std::string_view name = text::name_of(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return stem == "compose" || stem == "docker-compose";
}

// Others come to it by a name or by TLS.
bool is_reached(const Project& project) {
  return std::any_of(project.services.begin(), project.services.end(),
                     [](const Service& each) { return !reached_by(each).empty(); });
}

// What is built here, and what that talks to: whoever runs releases of others has no other way to
// deploy them than those offer.
bool is_of_own_code(const Project& project) {
  return std::all_of(project.services.begin(), project.services.end(),
                     [](const Service& each) { return each.build || is_a_backing_service(each); });
}

// `shop-db.container` runs what the service `db` does.
bool is_a_unit_of(std::string_view name, const Project& project) {
  if (!name.ends_with(".container") && !name.ends_with(".kube")) return false;
  const std::string_view stem = name.substr(0, name.rfind('.'));
  constexpr std::size_t kShort = 3;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
    const std::string image = each.image ? image_name(each.image->value).name : "";
    const std::string_view last = text::name_of(image);
    return (each.name.size() > kShort && stem.find(each.name) != stem.npos) ||
           (last.size() > kShort && stem.find(last) != stem.npos);
  });
}

bool holds_units(const std::string& directory, const Project& project, const FileSystem& files) {
  if (files.kind(directory) != FileKind::kDirectory) return false;
  const auto entries = files.list(directory);
  return entries && std::any_of(entries->begin(), entries->end(), [&](const auto& entry) {
           return is_a_unit_of(entry.name, project);
         });
}

// Units by which Podman and systemd run containers, where deployments lie, or in a folder for each
// of them.
std::string of_units(const std::string& root, const Project& project, Workspace& workspace) {
  const FileSystem& files = workspace.sources.files();
  for (const std::string_view name :
       {"", "deploy", "deployment", "deployments", "infra", "podman", "quadlet", "quadlets"}) {
    const std::string folder = name.empty() ? root : text::join_path(root, name);
    bool found = holds_units(folder, project, files);
    if (!found && !name.empty() && files.kind(folder) == FileKind::kDirectory) {
      const auto entries = files.list(folder);
      found = entries && std::any_of(entries->begin(), entries->end(), [&](const auto& entry) {
                return holds_units(text::join_path(folder, entry.name), project, files);
              });
    }
    if (found) return "the repository has units that Podman runs";
  }
  return "";
}

// An application of both has the same name, or databases alone have.
bool runs_the_same(const Project& project, const Project& other) {
  bool application = false;
  bool any = false;
  for (const Service& each : project.services) {
    const Service* same = twin_in(other, each);
    const bool backs = is_a_backing_service(each);
    application |= !backs;
    if (same == nullptr) continue;
    if (!backs) return true;
    any = true;
  }
  return any && !application;
}

bool builds(const Project& project) {
  return std::any_of(project.services.begin(), project.services.end(),
                     [](const Service& each) { return each.build.has_value(); });
}

// Each service says what it is made of: nothing is to be laid below it.
bool is_whole(const Project& project) {
  return std::all_of(project.services.begin(), project.services.end(), [](const Service& each) {
    return each.image || each.build || each.attribute("provider") != nullptr;
  });
}

// Some call lays the one over the other: what runs is made of both.
bool are_read_together(const std::vector<const Project*>& projects, const SourceFile& file,
                       const SourceFile& over) {
  return std::any_of(projects.begin(), projects.end(), [&](const Project* each) {
    const auto has = [&](const SourceFile& one) {
      return std::find(each->files.begin(), each->files.end(), &one) != each->files.end();
    };
    return has(file) && has(over);
  });
}

// It is called together with others, as a layer of one stack.
bool is_laid_over(const std::vector<const Project*>& projects, std::string_view name) {
  return std::any_of(projects.begin(), projects.end(), [&](const Project* each) {
    return each->files.size() > 1 &&
           std::any_of(each->files.begin(), each->files.end(),
                       [&](const SourceFile* file) { return text::name_of(file->path()) == name; });
  });
}

bool names_a_server(std::string_view name) {
  return (names_production(name) && !has_name_word(name, {"staging"})) ||
         has_name_word(text::name_of(name), {"coolify", "deploy", "dokploy", "portainer",
                                             "selfhosted", "server", "vps"});
}

// Whoever has a test server has the developers' stack on it; `prod.sh` is for another one.
bool is_started_for_production(const SourceFile& file, const Workspace& workspace) {
  return std::any_of(workspace.scripts.begin(), workspace.scripts.end(), [&](const auto& script) {
    const std::vector<Step>& steps = script->timeline.steps;
    return names_production(script->file->path()) &&
           std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
             const Project* project = step.call ? step.call->target.project : nullptr;
             return project != nullptr && step.call->is("up") &&
                    std::find(project->files.begin(), project->files.end(), &file) !=
                        project->files.end();
           });
  });
}

// `docker-compose.prod.yml` beside `docker-compose.yml` or in a folder below it, which runs the
// same and needs nothing of it.
std::string whole_for_production(const Project& project, const std::string& path,
                                 Workspace& workspace) {
  const std::vector<const Project*> all = workspace.binder(workspace.root_of(path)).projects();
  const std::string directory = text::directory_of(path);
  const Result<const SourceFile*> file = workspace.sources.open(path);
  for (const Project* other : all) {
    if (other->files.size() != 1) continue;
    const std::string at = text::join_path(workspace.sources.base(), other->files.front()->path());
    const std::string below = text::relative_path(directory, at);
    if (at == path || below.starts_with("../") || !names_a_server(below)) continue;
    // Beside it, what is built here is the same whatever its parts are called.
    const bool beside = below.find('/') == below.npos;
    const bool said = beside && file &&
                      (sends_production_to(**file, *other->files.front()) ||
                       is_called_development_by(**file, *other->files.front()));
    const bool same = is_of_own_code(project) &&
                      (runs_the_same(project, *other) ||
                       (beside && builds(project) && builds(*other) && names_production(below)));
    const bool shut = beside && names_production(below) && is_closed_state_of(*other, project);
    if ((same || said || shut) && is_whole(*other) && !is_laid_over(all, text::name_of(at)))
      return below;
  }
  return "";
}

// The same by its name alone, beside a stack that shows that somebody works in it.
std::string named_for_production(const Project& project, const std::string& path,
                                 Workspace& workspace) {
  const bool works =
      mounts_sources(project) ||
      std::any_of(project.services.begin(), project.services.end(),
                  [](const Service& each) { return is_reached_on_this_machine(each, false); });
  if (!works) return "";
  const std::string directory = text::directory_of(path);
  for (const std::string_view name :
       {".coolify-compose", "coolify-compose", "docker-compose.coolify", "compose.coolify"}) {
    for (const std::string_view end : {".yml", ".yaml"}) {
      const std::string other = std::string(name).append(end);
      const std::string at = text::join_path(directory, other);
      if (workspace.sources.files().kind(at) == FileKind::kRegular) return other;
    }
  }
  for (const std::string_view base : {"docker-compose", "compose"}) {
    for (const std::string_view word :
         {".prod", "-prod", ".production", "-production", ".deploy", "-deploy", ".prd", ".live"}) {
      for (const std::string_view end : {".yml", ".yaml"}) {
        std::string other(base);
        other.append(word).append(end);
        if (workspace.sources.files().kind(text::join_path(directory, other)) !=
            FileKind::kRegular) {
          continue;
        }
        const auto all = workspace.binder(workspace.root_of(path)).projects();
        return is_laid_over(all, other) ? "" : other;
      }
    }
  }
  return "";
}

}  // namespace

// Some directory beside the file is mounted into what is built here.
bool mounts_sources(const Project& project) {
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
    return runs_from_sources(each) || (each.build && has_mounted(each, project.directory));
  });
}

std::string file_for_production(const Project& project, const std::string& path,
                                Workspace& workspace) {
  if (!is_default_name(path)) return "";
  std::string other = named_for_production(project, path, workspace);
  if (other.empty() && !is_reached(project)) {
    other = whole_for_production(project, path, workspace);
  }
  if (other.empty()) return "";
  const bool beside = other.find('/') == other.npos;
  return other + (beside ? " beside it" : "") + " is for production";
}

std::string called_development_beside(const std::string& path, Workspace& workspace) {
  const Result<const SourceFile*> file = workspace.sources.open(path);
  if (!file || !is_default_name(path)) return "";
  const std::string directory = text::directory_of(path);
  const std::vector<const Project*> all = workspace.binder(workspace.root_of(path)).projects();
  for (const Project* other : all) {
    // What does not say what it is made of is laid over something.
    if (other->files.empty() || (other->files.size() == 1 && !is_whole(*other))) continue;
    const SourceFile& last = *other->files.back();
    const std::string at = text::join_path(workspace.sources.base(), last.path());
    const std::string name(text::name_of(at));
    if (at == path || text::directory_of(at) != directory || !names_a_server(name)) continue;
    if (are_read_together(all, **file, last)) continue;
    if (!is_called_development_by(**file, last)) continue;
    if (!is_started_for_production(**file, workspace)) {
      return name + " says that it is for development";
    }
  }
  return "";
}

std::string deployed_by_a_platform(const Project& project, const std::string& path,
                                   Workspace& workspace) {
  if (is_reached(project)) return "";
  const std::string root = workspace.root_of(path);
  std::string why = held_for_a_cluster(root, workspace);
  if (!why.empty() || !is_of_own_code(project)) return why;
  const std::string directory = text::directory_of(path);
  why = platform_in(root, workspace);
  if (why.empty() && directory != root) why = platform_in(directory, workspace);
  if (why.empty()) why = platform_of_what_is_below(directory, project, workspace);
  if (why.empty()) why = charts_below(root, workspace);
  if (why.empty()) why = deployed_to_a_cluster(root, workspace);
  return why.empty() ? platform_of_workflows(root, workspace) : why;
}

std::string deployed_by_units(const Project& project, const std::string& path,
                              Workspace& workspace) {
  // Units may as well run something else of whoever has both.
  if (!builds(project) || !is_of_own_code(project) || is_reached(project)) return "";
  const std::string root = workspace.root_of(path);
  const std::string directory = text::directory_of(path);
  std::string why = of_units(root, project, workspace);
  if (why.empty() && directory != root) why = of_units(directory, project, workspace);
  return why;
}

bool is_left_for_a_chart(const Project& project, const std::string& path, Workspace& workspace) {
  // What is undefined may be in an override; no later file takes an `extends` back.
  const bool refused = std::any_of(
      project.problems.begin(), project.problems.end(), [](const ProjectProblem& problem) {
        return problem.refused && problem.message.starts_with("cannot extend service");
      });
  return refused && (!charts_below(workspace.root_of(path), workspace).empty() ||
                     !charts_below(text::directory_of(path), workspace).empty());
}

}  // namespace composelint::engine
