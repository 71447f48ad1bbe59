#include "analyzer/signs/words/fixed_name.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

bool lies_below(const SourceFile* file, std::string_view directory) {
  return file == nullptr || std::string_view(file->path()).starts_with(directory);
}

bool stands_in_a_comment(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
  return text.substr(begin, at - begin).find('#') != text.npos;
}

// "`COMPOSE_PROJECT_NAME=shop` pins the names", on a page or in a script.
bool sets_the_name(const SourceFile& file, std::string_view name) {
  constexpr std::string_view kVariable = "COMPOSE_PROJECT_NAME=";
  const std::string_view text = file.bytes();
  const bool page = file.path().ends_with(".md");
  for (std::size_t at = text.find(kVariable); at != text.npos; at = text.find(kVariable, at + 1)) {
    std::string_view value = text.substr(at + kVariable.size());
    if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
    if (!value.starts_with(name) || (!page && stands_in_a_comment(text, at))) continue;
    value.remove_prefix(name.size());
    if (value.empty() || std::string_view(" \t\r\n\"'`;,.)").find(value.front()) != value.npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_in_a_subdirectory(const Project& project, const WorkspaceFacts& facts) {
  if (project.name.from.span || project.files.empty()) return false;
  const std::string_view path = project.files.front()->path();
  const std::string_view directory = path.substr(0, path.size() - file_name(path).size());
  if (directory.empty() || directory.starts_with('/') || directory.starts_with("..")) return false;
  const auto outside = [&](const SourceFile* file) { return !lies_below(file, directory); };
  return std::any_of(facts.projects.begin(), facts.projects.end(),
                     [&](const Project* other) {
                       return !other->files.empty() && outside(other->files.front());
                     }) ||
         std::any_of(facts.tasks.begin(), facts.tasks.end(),
                     [&](const TaskView& task) { return outside(task.timeline->file); });
}

bool is_set_somewhere(std::string_view name, const WorkspaceFacts& facts) {
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(),
                     [&](const SourceFile* file) { return sets_the_name(*file, name); });
}

bool is_given_somewhere(std::string_view name, const WorkspaceFacts& facts) {
  const auto gives = [&](const Step& step) {
    const OptionUse* use = step.call ? step.call->global_option("--project-name") : nullptr;
    return use != nullptr && use->value && use->value->known() && use->value->text == name;
  };
  return std::any_of(facts.projects.begin(), facts.projects.end(),
                     [&](const Project* project) {
                       return project->name.from.span && project->name.value == name;
                     }) ||
         std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
           const std::vector<Step>& steps = task.timeline->steps;
           return std::any_of(steps.begin(), steps.end(), gives);
         });
}

}  // namespace composelint
