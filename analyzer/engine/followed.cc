#include "analyzer/engine/followed.h"

#include <composelint/developers_stack.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/engine/generated.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool names_any(std::string_view path, std::initializer_list<std::string_view> folders) {
  const std::string within = "/" + std::string(path);
  return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) {
    return within.find("/" + std::string(folder) + "/") != std::string::npos;
  });
}

// Somebody else's file, or one that is to be wrong so that a test sees it.
bool is_nobodys(std::string_view path) {
  return names_any(path, {"fixtures", "node_modules", "vendor", "testenv"});
}

// Its name or its settings say that it is in use, whatever the README speaks of.
bool is_of_production(const Project& project, std::string_view path) {
  const std::vector<std::string> words = words_of(path);
  if (names_production(path) || names_work_in_use(words)) return true;
  for (const Service& service : project.services) {
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

void drop_switched_off(std::vector<Finding>& findings) {
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
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
                   const std::string& working_directory, std::vector<Finding>& findings) {
  // What Compose refuses is refused whoever wrote it.
  std::erase_if(findings, [](const Finding& each) {
    if (each.severity >= Severity::kError || !each.span) return false;
    return is_generated(*each.span.file) || is_nobodys(each.span.file->path());
  });
  const bool developed = is_developers_stack(project);
  for (Finding& finding : findings) {
    if (!finding.span) continue;
    const std::string path = text::join_path(working_directory, finding.span.file->path());
    const std::string root = workspace.root_of(path);
    const std::string shown = text::relative_path(root, path);
    if (const auto cue = cue_in_path(shown)) {
      rules.weigh(finding, cue->context);
    } else if (developed || is_read_with_a_developers(project, finding.span.file) ||
               (!is_of_production(project, shown) && workspace.told_of_stack(path))) {
      rules.weigh(finding, Context::kDev);
    }
  }
  drop_switched_off(findings);
}

}  // namespace composelint::engine
