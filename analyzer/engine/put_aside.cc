#include "analyzer/engine/put_aside.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/select_files.h"
#include "analyzer/signs/files/snapshot.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

enum class Callers { kAll, kElsewhere, kScriptsElsewhere };

bool acts_on(const Step& step, const SourceFile& file) {
  const auto reads = [&](const Project* project) {
    return project != nullptr &&
           std::any_of(project->written.begin(), project->written.end(),
                       [&](const WrittenFile& each) { return each.file == &file; });
  };
  if (!step.call) return false;
  const auto& target = step.call->target;
  return reads(target.project) || reads(target.likely) ||
         std::any_of(target.others.begin(), target.others.end(), reads);
}

bool is_called(const SourceFile& file, const Workspace& workspace, Callers callers) {
  const std::string directory = text::directory_of(file.path());
  return std::any_of(workspace.scripts.begin(), workspace.scripts.end(), [&](const auto& script) {
    const std::vector<Step>& steps = script->timeline.steps;
    // A script that lies beside it is kept with it.
    const bool kept = !directory.empty() && script->file->path().starts_with(directory + "/");
    if (kept && callers != Callers::kAll) return false;
    if (script->context.context == Context::kDocs && callers == Callers::kScriptsElsewhere) {
      return false;
    }
    return std::any_of(steps.begin(), steps.end(),
                       [&](const Step& step) { return acts_on(step, file); });
  });
}

// A chapter of a page elsewhere on how the whole is put to use; others may tell how it once was.
bool is_started_on_a_page(const SourceFile& file, Workspace& workspace) {
  static constexpr std::array<std::string_view, 6> kChapters = {
      "deploy", "going live", "production", "running", "self-host", "server"};
  const std::string beside = text::directory_of(file.path()) + "/";
  const auto is_told = [&](const Step& step, const SourceFile& page) {
    if (!step.call || !step.call->is("up") || !acts_on(step, file)) return false;
    const std::string heading = lower_case(workspace.heading_above(page, step.span.begin));
    return std::any_of(kChapters.begin(), kChapters.end(), [&](std::string_view chapter) {
      return heading.find(chapter) != heading.npos;
    });
  };
  return std::any_of(workspace.scripts.begin(), workspace.scripts.end(), [&](const auto& script) {
    const std::vector<Step>& steps = script->timeline.steps;
    return script->context.context == Context::kDocs && script->file->path().ends_with(".md") &&
           !script->file->path().starts_with(beside) &&
           std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
             return step.span.file == script->file && is_told(step, *script->file);
           });
  });
}

// Included, or extended, by a stack that does not lie in `directory`.
bool is_read_from_elsewhere(const SourceFile& file, const std::string& directory,
                            Workspace& workspace) {
  const auto lies_within = [&](const SourceFile& each) {
    return text::join_path(workspace.sources.base(), each.path()).starts_with(directory + "/");
  };
  const std::vector<const Project*> all = workspace.binder(workspace.root_of(directory)).projects();
  return std::any_of(all.begin(), all.end(), [&](const Project* project) {
    const auto is_it = [&](const WrittenFile& each) { return each.file == &file; };
    return !project->files.empty() && !lies_within(*project->files.front()) &&
           std::any_of(project->written.begin(), project->written.end(), is_it);
  });
}

// "Fixture: a clash of ports", "services to test the isDatabase() function": what is wrong in it is
// to be seen by a test. A league has fixtures, too, and whoever starts a stack may test it.
bool is_read_by_a_test(const SourceFile& file, const Workspace& workspace) {
  constexpr std::string_view kTests = "to test the ";
  const HeadComment head = head_comment(file);
  bool tells = head.title.starts_with("fixture:") || head.title.starts_with("test fixture:");
  const std::size_t tests = head.text.find(kTests);
  if (tests != head.text.npos) {
    const std::string_view behind = std::string_view(head.text).substr(tests + kTests.size());
    const std::string_view name = behind.substr(0, behind.find(' '));
    tells |= name.ends_with("()") && behind.substr(name.size()).starts_with(" function");
  }
  return tells && !is_called(file, workspace, Callers::kAll);
}

// "ignore: true" above what a collection tells of its templates: it is offered to nobody.
bool is_switched_off(const HeadComment& head) {
  return head.title == "ignore: true" && head.text.find(" documentation: ") != head.text.npos;
}

// "ARCHIVED! Do not use", "obsolete: see …", "do not use this file any more" as the first thing
// that it says. "Do not use in production" is about a place, "archived documents" about data.
bool begins_with_the_past(std::string_view title) {
  static constexpr std::array<std::string_view, 3> kWords = {"archived", "obsolete", "outdated"};
  constexpr std::string_view kNot = "do not use";
  constexpr std::string_view kStops = "!:.,;";
  const auto ends_behind = [&](std::string_view word) {
    return title.size() == word.size() || kStops.find(title[word.size()]) != kStops.npos;
  };
  if (title.starts_with(kNot)) {
    return ends_behind(kNot) || title.find("any more") != title.npos ||
           title.find("anymore") != title.npos;
  }
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return title.starts_with(word) && ends_behind(word);
  });
}

bool says_so(const SourceFile& file, const Workspace& workspace) {
  const HeadComment head = head_comment(file);
  if (is_read_by_a_test(file, workspace) || is_switched_off(head)) return true;
  if (begins_with_the_past(head.title)) return true;
  // Under a name that Compose finds it is broken, and no mere record.
  if (begins_with_a_log(file) && !has_default_name(file)) return true;
  const std::string text = lower_case(file.bytes());
  return text.find("# this file is deprecated") != text.npos ||
         text.find("# this file is no longer used") != text.npos ||
         has_name_word(head.title, {"deprecated"});
}

// Half of the services of what is above are here as well.
bool is_a_state_of(const Project& kept, const Project& above) {
  const auto common =
      std::count_if(above.services.begin(), above.services.end(),
                    [&](const Service& each) { return kept.service(each.name) != nullptr; });
  return common > 1 && static_cast<std::size_t>(common) * 2 >= above.services.size();
}

// `plan/compose.yaml` below the `compose.yaml` that came of it, or of another plan.
bool is_a_plan(const std::string& path, Workspace& workspace) {
  const std::string directory = text::directory_of(path);
  return has_name_word(text::name_of(directory), {"plan", "planning", "plans"}) &&
         directory.size() > workspace.root_of(path).size() &&
         compose::has_default_file(workspace.sources.files(), text::directory_of(directory));
}

// `backup/v4/compose.yaml` below the `compose.yaml` that it once was.
bool is_among_backups(const Project& project, const std::string& path, Workspace& workspace) {
  const std::string root = workspace.root_of(path);
  for (std::string at = text::directory_of(path); at.size() > root.size();
       at = text::directory_of(at)) {
    if (!has_name_word(text::name_of(at), {"backup", "backups"})) continue;
    const std::string above = text::directory_of(at);
    if (!compose::has_default_file(workspace.sources.files(), above)) return false;
    const Project* other = workspace.binder(root).project_in(above);
    return other != nullptr && other != &project && is_a_state_of(project, *other);
  }
  return false;
}

// `reference/compose.yaml`, whose services are built of what is not in the repository.
bool has_nothing_to_build(const Project& project, const std::string& path, Workspace& workspace) {
  constexpr std::size_t kSeveral = 2;
  if (text::directory_of(path) == workspace.root_of(path)) return false;
  const FileSystem& files = workspace.sources.files();
  const std::string within = workspace.root_of(path) + "/";
  std::size_t builds = 0;
  for (const Service& service : project.services) {
    if (!service.build) continue;
    // `ghcr.io/shop/web` with a `build.target`: it is pulled, or laid over what says the rest.
    if (service.image && service.image->value.find('/') != std::string::npos) return false;
    const std::string context = text_at(service, "build.context");
    // What is cloned beside this repository is not seen from here.
    if (!context.starts_with(within)) return false;
    std::string dockerfile = text_at(service, "build.dockerfile");
    if (dockerfile.empty()) dockerfile = "Dockerfile";
    const bool known = context.find('$') == context.npos;
    if (!known || service.attribute("build.dockerfile_inline") != nullptr) return false;
    if (files.kind(text::join_path(context, dockerfile)) != FileKind::kNone) return false;
    ++builds;
  }
  return builds >= kSeveral;
}

}  // namespace

bool is_put_aside(const Project& project, const SourceFile& file, const std::string& path,
                  Workspace& workspace) {
  const std::string root = workspace.root_of(path);
  if (const std::string said = workspace.archived_above(path); said.size() > root.size()) {
    return !is_called(file, workspace, Callers::kScriptsElsewhere) &&
           !is_started_on_a_page(file, workspace) && !is_read_from_elsewhere(file, said, workspace);
  }
  const std::string shown = text::relative_path(root, path);
  const bool obsolete = ("/" + shown).find("/obsolete/") != std::string::npos;
  const bool tells = obsolete ||
                     has_name_word(shown, {"archive", "archived", "attic", "bak", "deprecated",
                                           "legacy", "old", "unused"}) ||
                     says_so(file, workspace) || is_a_plan(path, workspace) ||
                     has_nothing_to_build(project, path, workspace) ||
                     is_among_backups(project, path, workspace);
  return tells && !is_called(file, workspace, Callers::kElsewhere);
}

}  // namespace composelint::engine
