#include "analyzer/engine/followed.h"

#include <composelint/quoted.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/engine/deployed_otherwise.h"
#include "analyzer/engine/generated.h"
#include "analyzer/engine/operated.h"
#include "analyzer/engine/production_elsewhere.h"
#include "analyzer/engine/put_aside.h"
#include "analyzer/engine/set_aside.h"
#include "analyzer/engine/start_scripts.h"
#include "analyzer/signs/stacks/developers_stack.h"
#include "analyzer/signs/stacks/made_to_develop.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"
#include "analyzer/signs/words/like_production.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

constexpr std::array<std::string_view, 3> kManifests = {"bower.json", "composer.json",
                                                        "package.json"};

bool names_any(std::string_view path, std::initializer_list<std::string_view> folders) {
  const std::string within = "/" + std::string(path);
  return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) {
    return within.find("/" + std::string(folder) + "/") != std::string::npos;
  });
}

// A package of others, whole in a folder of what pages load: `static/plugins/mask/package.json`.
bool is_a_copied_package(const std::string& path, Workspace& workspace) {
  const std::string shown = text::relative_path(workspace.root_of(path), path);
  if (!names_any(shown, {"assets", "static"})) return false;
  const std::string directory = text::directory_of(path);
  return std::any_of(kManifests.begin(), kManifests.end(), [&](std::string_view name) {
    return workspace.sources.files().kind(text::join_path(directory, name)) == FileKind::kRegular;
  });
}

// Somebody else's file, or one that is to be wrong so that a test sees it.
bool is_nobodys(std::string_view path) {
  return names_any(path, {"fixtures", "node_modules", "vendor", "testenv"});
}

// In `gpu-dev-assistant.yml`, "dev" is a part of what the product is called: it is a word of its
// own at the end or the beginning, or behind a name that Compose knows.
std::optional<ContextCue> cue_in_stack_path(std::string_view path) {
  auto cue = cue_in_path(path);
  // `demo.example.com/` may be in use, and a script for it as well.
  if (!cue && ("/" + text::directory_of(path) + "/").find("/demo/") != std::string::npos) {
    return ContextCue{Context::kDev, "directory demo"};
  }
  if (!cue || cue->context != Context::kDev || !cue->cue.starts_with("file name")) return cue;
  const std::string_view name = text::name_of(path);
  const std::vector<std::string> words = words_of(name.substr(0, name.rfind('.')));
  if (words.size() < 3 || words[0] == "compose" || words[0] == "docker") return cue;
  if (cue_in(words.front(), "") || cue_in(words.back(), "")) return cue;
  return cue_in(text::directory_of(path), "directory");
}

// Its name or its settings say that it is in use, whatever the README speaks of.
bool is_of_production(const Project& project, std::string_view path) {
  if (names_production(path) || names_work_in_use(words_of(text::name_of(path)))) return true;
  for (const Service& service : project.services) {
    // What is built here and lies under the checkout is set so, and not yet left to run.
    if (service.build && has_mounted(service, project.directory)) continue;
    for (const auto& [name, value] : service.environment) {
      const bool tells = name.ends_with("_ENV") || name.ends_with("ENVIRONMENT");
      if (tells && value.value && value.value->starts_with("prod")) return true;
    }
  }
  return false;
}

// It is laid over others, and one that is read along with it is a developer's.
bool is_read_with_a_developers(const Project& project, const SourceFile* file) {
  const std::string_view own = text::name_of(file->path());
  if (own.starts_with("compose.") || own.starts_with("docker-compose.y")) return false;
  return std::any_of(project.files.begin(), project.files.end(), [&](const SourceFile* other) {
    const auto cue = cue_in(text::name_of(other->path()), "");
    return other != file && cue && cue->context == Context::kDev;
  });
}

// `profiles: [dev]` on one service of a stack, `mysql-dev` beside `mysql-prod`: whatever the rest
// is for.
std::optional<ContextCue> cue_of_service(const Project& project, const Finding& finding) {
  const Service* service = finding.key.empty() ? nullptr : project.service(finding.key.front());
  if (service == nullptr || service->span.file != finding.span.file) return std::nullopt;
  if (is_of_developers_profiles(*service)) {
    return ContextCue{Context::kDev, quoted(service->name) + " has profiles of developers alone"};
  }
  if (!has_name_word(service->name, {"dev", "development"})) return std::nullopt;
  const bool other = std::any_of(project.services.begin(), project.services.end(),
                                 [](const Service& each) { return names_production(each.name); });
  if (!other) return std::nullopt;
  return ContextCue{Context::kDev, quoted(service->name) + " is by its name a developer's"};
}

class Weigher {
 public:
  Weigher(const RuleSet& rules, const Project& project, Workspace& workspace,
          const ToldContext& told)
      : rules_(rules),
        project_(project),
        workspace_(workspace),
        told_(told),
        developed_(is_developers_stack(project)) {}

  void weigh_and_tell(Finding& finding, const std::string& working_directory, Run& run) {
    const SourceFile* file = finding.span.file;
    const std::string cue = weigh(finding, text::join_path(working_directory, file->path()));
    if (!cue.empty()) run.context_cues[{file, finding.span.begin, finding.context}] = cue;
  }

 private:
  // Gives back what decided, for people; empty where the place of the file tells enough.
  std::string weigh(Finding& finding, const std::string& path) {
    // Nothing loads it: what is wrong in it harms nobody before somebody takes it up again. An
    // error in what another file includes breaks that one.
    const bool its_own = !project_.files.empty() && project_.files.front() == finding.span.file;
    if ((its_own || finding.severity < Severity::kError) &&
        is_kept_only(*finding.span.file, path)) {
      finding.severity = Severity::kOff;
      return "";
    }
    // Whoever still has an archived repository in use has errors to mend, and no more.
    if (finding.severity <= Severity::kNote && !workspace_.archived_above(path).empty()) {
      finding.severity = Severity::kOff;
      return "";
    }
    const bool assumes = finding.confidence == Confidence::kLow;
    if (assumes) finding.confidence = Confidence::kHigh;
    const ContextCue given = cue_of(finding, path);
    if (!given.by_default) {
      rules_.weigh(finding, given.context);
      return given.cue;
    }
    if (!assumes) return "";
    const auto [known, fresh] = why_operated_.try_emplace(finding.span.file);
    std::string& why = known->second;
    if (fresh && !is_left_for_a_chart(project_, path, workspace_)) {
      const ShownOperated shown = why_operated(project_, *finding.span.file, path, workspace_);
      const bool elsewhere =
          shown.by_restarts && is_production_elsewhere(*finding.span.file, path, workspace_);
      if (!elsewhere) why = shown.why;
    }
    if (!why.empty()) return why;
    rules_.weigh(finding, Context::kDev);
    return "nothing shows that the stack is left to run";
  }

  bool is_kept_only(const SourceFile& file, const std::string& path) {
    const auto [known, fresh] = put_aside_.try_emplace(&file, false);
    if (fresh) known->second = is_put_aside(project_, file, path, workspace_);
    return known->second;
  }

  ContextCue cue_of(const Finding& finding, const std::string& path) {
    if (auto cue = told_(path)) return *cue;
    if (auto cue = set_aside(path, finding.span.file->bytes(), workspace_)) return *cue;
    if (auto cue = cue_of_service(project_, finding)) return *cue;
    const std::string shown = text::relative_path(workspace_.root_of(path), path);
    if (auto cue = cue_in_stack_path(shown)) return *cue;
    const HeadComment head = head_comment(*finding.span.file);
    if (is_headed_for_tests(head)) {
      return {Context::kCi, "its head says that it is for tests"};
    }
    if (("/" + shown).find("/_static/") != std::string::npos) {
      return {Context::kDocs, "a page of documentation hands it out"};
    }
    if (is_said_to_be_like_production(head) || is_said_to_be_like_production(finding.span)) {
      return {Context::kCi, "a comment says that it is like production"};
    }
    const auto [known, fresh] = of_the_stack_.try_emplace(finding.span.file);
    if (fresh) known->second = cue_of_stack(*finding.span.file, path, shown);
    return known->second;
  }

  // The same for all that is found in the file.
  ContextCue cue_of_stack(const SourceFile& file, const std::string& path,
                          const std::string& shown) {
    if (std::any_of(project_.services.begin(), project_.services.end(), is_made_for_tests)) {
      return {Context::kCi, "what it starts is there to be tested"};
    }
    if (developed_ || is_read_with_a_developers(project_, &file)) {
      return {Context::kDev, "nothing in use is touched there"};
    }
    const auto said = workspace_.told_of_stack(path);
    // A directory called so is a part of what the README says not to be for production.
    if (said && said->for_all && !names_production(text::name_of(shown))) return *said;
    if (std::string why = called_development_beside(path, workspace_); !why.empty()) {
      return {Context::kDev, std::move(why)};
    }
    if (!is_of_production(project_, shown)) {
      if (said) return *said;
      if (auto cue = told_around(project_, file, path, workspace_)) return *cue;
    }
    return {Context::kOps, "", true};
  }

  const RuleSet& rules_;
  const Project& project_;
  Workspace& workspace_;
  const ToldContext& told_;
  const bool developed_;
  std::map<const SourceFile*, ContextCue> of_the_stack_;
  std::map<const SourceFile*, std::string> why_operated_;
  std::map<const SourceFile*, bool> put_aside_;
};

void drop_switched_off(std::vector<Finding>& findings) {
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

// What Compose refuses is refused whoever wrote it; what came whole with a package nobody starts.
void drop_nobodys(Workspace& workspace, const std::string& working_directory,
                  std::vector<Finding>& findings) {
  std::erase_if(findings, [&](const Finding& each) {
    if (!each.span) return false;
    const std::string& path = each.span.file->path();
    if (is_a_copied_package(text::join_path(working_directory, path), workspace)) return true;
    if (each.severity >= Severity::kError) return false;
    return is_generated(*each.span.file) || is_nobodys(path);
  });
}

}  // namespace

void weigh_followed(const RuleSet& rules, const SourceFile& file, Workspace& workspace,
                    const std::string& working_directory, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (!finding.span || finding.span.file == &file) continue;
    const std::string path = text::join_path(working_directory, finding.span.file->path());
    const auto cue = cue_in_path(text::relative_path(workspace.root_of(path), path));
    if (cue) rules.weigh(finding, cue->context);
  }
  drop_switched_off(findings);
}

void weigh_by_file(const RuleSet& rules, const Project& project, Workspace& workspace,
                   const std::string& working_directory, const ToldContext& told,
                   std::vector<Finding>& findings, Run& run) {
  drop_nobodys(workspace, working_directory, findings);
  weigh_start_scripts(project, workspace.sources.files(), findings);
  drop_switched_off(findings);
  Weigher weigher(rules, project, workspace, told);
  for (Finding& finding : findings) {
    if (finding.span) weigher.weigh_and_tell(finding, working_directory, run);
  }
  drop_switched_off(findings);
}

std::vector<Finding> weigh_by_projects(const RuleSet& rules,
                                       std::span<const Project* const> projects,
                                       Workspace& workspace, const std::string& working_directory,
                                       const ToldContext& told, std::vector<Finding> findings,
                                       Run& run) {
  std::map<const SourceFile*, const Project*> reader;
  for (const Project* project : projects) {
    for (const SourceFile* file : project->files) {
      const auto [known, fresh] = reader.try_emplace(file, project);
      // What a job reads together with others is read alone by whoever names no files.
      if (!fresh && project->default_files && !known->second->default_files) {
        known->second = project;
      }
    }
  }
  std::map<const Project*, Weigher> weighers;
  for (Finding& finding : findings) {
    const auto known = finding.span ? reader.find(finding.span.file) : reader.end();
    if (known == reader.end()) continue;
    const Project* project = known->second;
    weighers.try_emplace(project, rules, *project, workspace, told)
        .first->second.weigh_and_tell(finding, working_directory, run);
  }
  drop_switched_off(findings);
  return findings;
}

}  // namespace composelint::engine
