#include "analyzer/engine/operated.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/compose/select_files.h"
#include "analyzer/engine/context_words.h"
#include "analyzer/engine/deployed_by_run.h"
#include "analyzer/engine/deployed_otherwise.h"
#include "analyzer/engine/developers_page.h"
#include "analyzer/engine/on_a_server.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/signs/stacks/developers_stack.h"
#include "analyzer/signs/stacks/operated_stack.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool reads(const Project* project, const SourceFile& file) {
  return project != nullptr &&
         std::any_of(project->written.begin(), project->written.end(),
                     [&](const WrittenFile& each) { return each.file == &file; });
}

// `docker compose version` reads no file.
bool reads(const Step& step, const SourceFile& file) {
  if (!step.call || step.call->is("version")) return false;
  const auto& others = step.call->target.others;
  return reads(step.call->target.project, file) ||
         std::any_of(others.begin(), others.end(),
                     [&](const Project* other) { return reads(other, file); });
}

// It starts something of the file, or works in it; `build` and `push` leave what runs as it is.
// Where the call is of another machine, or of a directory there, it is the stack beside the script.
bool runs(const Step& step, const SourceFile& file) {
  static constexpr std::array<std::string_view, 8> kRun = {"create", "exec",  "pull",  "restart",
                                                           "run",    "scale", "start", "up"};
  const bool may = step.call && (reads(step, file) || reads(step.call->target.likely, file));
  return may && std::any_of(kRun.begin(), kRun.end(),
                            [&](std::string_view verb) { return step.call->is(verb); });
}

bool runs(const Timeline& timeline, const SourceFile& file) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(),
                     [&](const Step& step) { return runs(step, file); });
}

bool reads(const Timeline& timeline, const SourceFile& file) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(),
                     [&](const Step& step) { return reads(step, file); });
}

// A directory called `server` holds the code of one.
std::string told_by_name(std::string_view shown) {
  const std::string_view name = text::name_of(shown);
  if (has_name_word(name, {"deploy", "deployment", "live", "prd", "prod", "production", "release",
                           "selfhost", "selfhosted", "server", "staging"})) {
    return "file name " + std::string(name);
  }
  // `deploy/` holds what belongs to it, and that may be a developer's stack.
  const std::string directory = text::directory_of(shown);
  if (has_name_word(directory, {"live", "prd", "prod", "production", "selfhosted", "staging"})) {
    return "directory " + directory;
  }
  return "";
}

// `restore.sh` is what a developer may call who loads a dump; `deploy.sh` is not.
bool is_known_to_operate(const ContextCue& cue) {
  return cue.context == Context::kOps &&
         (!cue.by_default || has_name_word(cue.cue, {"deploy", "deployment", "promote", "release",
                                                     "rollback", "rollout"}));
}

// `make backup` of a stack that runs from its sources and goes with the machine: whoever works in
// it keeps a copy of what is in it.
bool is_for_whoever_works_in_it(const ContextCue& cue, const Project& project) {
  if (!cue.cue.starts_with("task ") || !has_name_word(cue.cue, {"backup", "dump", "restore"})) {
    return false;
  }
  return mounts_sources(project) && shown_to_be_operated(project).empty();
}

// A script that is known to act on what is in use has compose read the file.
std::string told_by_script(const Project& project, const SourceFile& file,
                           const Workspace& workspace) {
  for (const auto& script : workspace.scripts) {
    if (!is_known_to_operate(script->context)) continue;
    if (is_for_whoever_works_in_it(script->context, project)) continue;
    if (!runs(script->timeline, file)) continue;
    return script->file->path() + " acts on it: " + script->context.cue;
  }
  return "";
}

// Chapters about a deployment speak of the files that their calls read: of none where `cap deploy`
// or `kubectl` does it.
bool is_called_in_documents(const SourceFile& file, const Workspace& workspace) {
  return std::any_of(workspace.scripts.begin(), workspace.scripts.end(), [&](const auto& script) {
    return script->context.context == Context::kDocs && reads(script->timeline, file);
  });
}

// The call of another machine, or of a directory there, may mean the file.
bool may_run(const Step& step, const SourceFile& file) {
  if (!step.call || step.call->target.project != nullptr) return runs(step, file);
  static constexpr std::array<std::string_view, 3> kRun = {"exec", "run", "up"};
  const auto& target = step.call->target;
  return (target.likely == nullptr || reads(target.likely, file)) &&
         std::any_of(kRun.begin(), kRun.end(),
                     [&](std::string_view verb) { return step.call->is(verb); });
}

bool is_in_a_chapter_on_production(const Step& step, Workspace& workspace) {
  return step.span.file != nullptr &&
         has_name_word(workspace.heading_above(*step.span.file, step.span.begin),
                       {"deploy", "deploying", "deployment", "production"});
}

// Scripts, units and chapters that run the stack where it stays: what a platform would need to
// deploy it may be left from a trial.
bool is_run_on_a_server(const SourceFile& file, const std::string& path, Workspace& workspace) {
  const ReadmeWords words = workspace.words_above(path).words;
  return std::any_of(workspace.scripts.begin(), workspace.scripts.end(), [&](const auto& script) {
    const std::vector<Step>& steps = script->timeline.steps;
    const ContextCue& cue = script->context;
    const auto in_production = [&](const Step& step) {
      return may_run(step, file) && is_in_a_chapter_on_production(step, workspace);
    };
    if (cue.context == Context::kDocs && std::any_of(steps.begin(), steps.end(), in_production)) {
      return true;
    }
    const bool in_use = cue.context == Context::kOps ||
                        (cue.context == Context::kDocs && words.operation > words.development);
    if (!in_use || std::none_of(steps.begin(), steps.end(),
                                [&](const Step& step) { return may_run(step, file); })) {
      return false;
    }
    return is_known_to_operate(cue) ||
           std::any_of(steps.begin(), steps.end(), [](const Step& step) {
             return is_of_a_server(step) || names_a_servers_directory(step);
           });
  });
}

// Scripts that are named for a developer's machine are alone in calling it.
std::optional<ContextCue> called_by_developers(const SourceFile& file, const Workspace& workspace) {
  std::optional<ContextCue> found;
  for (const auto& script : workspace.scripts) {
    if (script->context.context == Context::kDocs || !reads(script->timeline, file)) continue;
    const ContextCue& cue = script->context;
    if (cue.context != Context::kDev || !cue.cue.starts_with("file name ")) return std::nullopt;
    found = ContextCue{Context::kDev, "only " + script->file->path() + " calls it"};
  }
  return found;
}

// Where a file is named for production, what the README above it says is about that one.
std::string told_by_readme(const SourceFile& file, const std::string& path, Workspace& workspace) {
  constexpr std::size_t kFew = 6;
  constexpr std::size_t kSome = 4;
  const auto [words, directory] = workspace.words_above(path);
  if (words.operation < kFew || words.operation < words.development * 2) return "";
  if (words.deployment < kSome || !is_called_in_documents(file, workspace)) return "";
  if (called_by_developers(file, workspace)) return "";
  for (const Project* other : workspace.binder(workspace.root_of(path)).projects()) {
    for (const SourceFile* each : other->files) {
      const std::string known = text::join_path(workspace.sources.base(), each->path());
      const bool below = known.starts_with(directory + "/");
      if (below && names_production(text::name_of(known))) return "";
    }
  }
  return "the README speaks of operation " + std::to_string(words.operation) +
         " times, of development " + std::to_string(words.development);
}

// A service of both has the same name: `docker-compose-redis.yml` is no other part of the stack of
// `docker-compose-storage.yml`.
bool are_of_one_stack(const Project& project, const Project& other) {
  return std::any_of(project.services.begin(), project.services.end(),
                     [&](const Service& each) { return other.service(each.name) != nullptr; });
}

// Each service of it is one of the other's, too, and that has more.
bool is_a_part_of(const Project& project, const Project& other) {
  return project.services.size() < other.services.size() &&
         std::all_of(project.services.begin(), project.services.end(),
                     [&](const Service& each) { return other.service(each.name) != nullptr; });
}

using Shown = ShownOperated (*)(const Project& project);

// What lies beside it is operated, and this is another part of that. A file for production beside
// it says nothing of one that is not, and one for developers nothing of either.
ShownOperated told_by_neighbour(const Project& project, const std::string& path,
                                Workspace& workspace, Shown shown) {
  const std::string directory = text::directory_of(path);
  for (const Project* other : workspace.binder(workspace.root_of(path)).projects()) {
    for (const SourceFile* file : other->files) {
      const std::string beside = text::join_path(workspace.sources.base(), file->path());
      const std::string_view name = text::name_of(beside);
      if (text::directory_of(beside) != directory || names_production(name) || cue_in(name, "")) {
        continue;
      }
      // `compose.selfhosted.yaml` tells of itself, and what starts all of this one's services and
      // more is what runs.
      if (!told_by_name(std::string(name)).empty() || is_a_part_of(project, *other)) continue;
      if (!are_of_one_stack(project, *other) || is_developers_stack(*other)) continue;
      if (!called_development_beside(beside, workspace).empty()) continue;
      const ShownOperated found = shown(*other);
      if (found.empty()) continue;
      return {found.why + " in " + std::string(name) + " beside it", found.by_restarts};
    }
  }
  return {};
}

// A script that runs a test suite may have other tasks; a pipeline and a file named for tests have
// not.
bool is_for_tests_alone(const ContextCue& cue) {
  return cue.context == Context::kCi &&
         (cue.cue == "continuous integration" || cue.cue.starts_with("file name ") ||
          cue.cue.starts_with("directory "));
}

// Read together with others, it is for those who call it so: `-f compose.yaml -f codespaces.yml`.
std::optional<ContextCue> called_with_others(const Project& project, const Workspace& workspace) {
  if (project.files.size() < 2 || project.default_files) return std::nullopt;
  const std::string unknown = context_without_cue(hosts::HostKind::kMakefile).cue;
  std::optional<ContextCue> found;
  for (const auto& script : workspace.scripts) {
    const ContextCue& cue = script->context;
    for (const Step& step : script->timeline.steps) {
      if (!step.call || step.call->target.project != &project) continue;
      const bool of_developers = cue.context == Context::kDev && cue.cue != unknown;
      if (!of_developers && !is_for_tests_alone(cue)) return std::nullopt;
      if (found && found->context != cue.context) return std::nullopt;
      found = ContextCue{cue.context, "only " + script->file->path() + " reads it so"};
    }
  }
  return found;
}

// Nobody else calls it, and it has no name by which it is found.
std::optional<ContextCue> called_by_pipelines(const SourceFile& file, const Workspace& workspace) {
  if (has_default_name(file)) return std::nullopt;
  std::optional<ContextCue> found;
  for (const auto& script : workspace.scripts) {
    if (!reads(script->timeline, file)) continue;
    if (!is_for_tests_alone(script->context)) return std::nullopt;
    found = ContextCue{Context::kCi, "only " + script->file->path() + " calls it"};
  }
  return found;
}

// `exec app bin/console doctrine:fixtures:load --env=dev`: what runs in it has a developer's
// settings. Whoever puts it into use has others.
std::optional<ContextCue> runs_for_developers(const SourceFile& file, const Workspace& workspace) {
  std::optional<ContextCue> found;
  for (const auto& script : workspace.scripts) {
    for (const Step& step : script->timeline.steps) {
      if (!reads(step, file)) continue;
      if (!script->context.by_default && script->context.context == Context::kOps) {
        return std::nullopt;
      }
      const std::vector<Argument>& words = step.call->inner;
      const bool tells = std::any_of(words.begin(), words.end(), [](const Argument& word) {
        return word.is("--env=dev") || word.is("--env=development");
      });
      if (tells)
        found = ContextCue{Context::kDev, script->file->path() + " runs it for developers"};
    }
  }
  return found;
}

// `docker-compose.mac.yml` beside the file that has no such name: somebody's laptop.
bool is_of_a_laptop(const SourceFile& file, const std::string& path, Workspace& workspace) {
  return has_name_word(text::name_of(file.path()), {"mac", "macos", "win", "windows"}) &&
         compose::has_default_file(workspace.sources.files(), text::directory_of(path));
}

// `compose.override.yaml`, which Compose lays over the other where nobody names files: that is what
// a developer does, and a server that has a script for it.
bool is_an_override(const std::string& path) {
  const std::string_view name = text::name_of(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return stem == "compose.override" || stem == "docker-compose.override";
}

// Brought up and taken down by each script that reads it.
bool is_up_for_a_while(const SourceFile& file, const Workspace& workspace) {
  bool found = false;
  for (const auto& script : workspace.scripts) {
    bool up = false;
    bool down = false;
    for (const Step& step : script->timeline.steps) {
      if (!reads(step, file)) continue;
      up |= step.call->is("up");
      down = step.call->is("down") || (down && !step.call->is("up"));
    }
    if (up && !down) return false;
    found |= up;
  }
  return found;
}

// A repository of somebody else that lies whole in this one, with a `.github` that nothing reads
// there, beside the stack that is built from it: what that one's authors would start is started by
// nobody here.
bool is_in_a_copied_repository(const SourceFile& file, const std::string& path,
                               Workspace& workspace) {
  const FileSystem& files = workspace.sources.files();
  const std::string root = workspace.root_of(path);
  for (std::string at = text::directory_of(path); at.size() > root.size();
       at = text::directory_of(at)) {
    if (files.kind(text::join_path(at, ".github")) != FileKind::kDirectory) continue;
    if (!compose::has_default_file(files, text::directory_of(at))) return false;
    return std::none_of(workspace.scripts.begin(), workspace.scripts.end(),
                        [&](const auto& script) { return reads(script->timeline, file); });
  }
  return false;
}

ShownOperated told_without_scripts(const Project& project, const SourceFile& file,
                                   const std::string& path, Workspace& workspace, Shown shown) {
  if (is_an_override(path)) return {};
  ShownOperated found = shown(project);
  if (found.empty()) found = {told_by_name(text::relative_path(workspace.root_of(path), path))};
  if (found.empty()) found = {told_by_readme(file, path, workspace)};
  if (found.empty() && !is_up_for_a_while(file, workspace)) {
    found = told_by_neighbour(project, path, workspace, shown);
  }
  return found;
}

}  // namespace

std::string why_operated_by_itself(const Project& project, const SourceFile& file,
                                   const std::string& path, Workspace& workspace) {
  if (is_in_a_copied_repository(file, path, workspace)) return "";
  return told_without_scripts(project, file, path, workspace, shown_to_be_operated).why;
}

ShownOperated why_operated(const Project& project, const SourceFile& file, const std::string& path,
                           Workspace& workspace) {
  if (is_in_a_copied_repository(file, path, workspace)) return {};
  const auto told = [&](Shown shown) {
    return told_without_scripts(project, file, path, workspace, shown);
  };
  ShownOperated found = told(shown_by_more_than_restarts);
  if (found.empty()) found = {told_by_script(project, file, workspace)};
  if (!found.empty() || !is_run_on_a_server(file, path, workspace)) return found;
  return told(shown_to_be_operated);
}

std::optional<ContextCue> told_around(const Project& project, const SourceFile& file,
                                      const std::string& path, Workspace& workspace) {
  std::string why = file_for_production(project, path, workspace);
  if (why.empty()) why = deployed_by_units(project, path, workspace);
  if (why.empty() && !is_run_on_a_server(file, path, workspace)) {
    why = deployed_by_a_platform(project, path, workspace);
  }
  const auto uses = [&](const auto& script) { return reads(script->timeline, file); };
  if (why.empty() && std::none_of(workspace.scripts.begin(), workspace.scripts.end(), uses)) {
    why = deployed_by_run(path, workspace);
  }
  if (!why.empty() && told_by_script(project, file, workspace).empty()) {
    return ContextCue{Context::kDev, why};
  }
  const std::string page = page_for_developers(path, workspace);
  if (!page.empty() && told_by_script(project, file, workspace).empty()) {
    return ContextCue{Context::kDev, page + " says that it is for development"};
  }
  if (auto cue = told_by_readme(project, workspace.words_above(path).words)) return cue;
  if (is_of_a_laptop(file, path, workspace) && told_by_script(project, file, workspace).empty()) {
    return ContextCue{Context::kDev, "file name " + std::string(text::name_of(path))};
  }
  if (auto cue = called_with_others(project, workspace)) return cue;
  if (auto cue = called_by_pipelines(file, workspace)) return cue;
  if (auto cue = runs_for_developers(file, workspace)) return cue;
  if (!why_operated(project, file, path, workspace).empty()) return std::nullopt;
  return called_by_developers(file, workspace);
}

}  // namespace composelint::engine
