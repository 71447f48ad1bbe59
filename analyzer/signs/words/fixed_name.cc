#include "analyzer/signs/words/fixed_name.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

bool lies_below(const SourceFile* file, std::string_view directory) {
  return file == nullptr || std::string_view(file->path()).starts_with(directory);
}

// "`COMPOSE_PROJECT_NAME=shop` pins the names", on a page or in a script.
void add_names(const SourceFile& file, std::set<std::string_view>& out) {
  constexpr std::string_view kVariable = "COMPOSE_PROJECT_NAME=";
  const bool page = file.path().ends_with(".md");
  const std::string_view text = file.bytes();
  for (std::size_t at = text.find(kVariable); at != text.npos; at = text.find(kVariable, at + 1)) {
    const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
    if (!page && is_only_comment(text.substr(begin, text.find('\n', at) - begin))) continue;
    std::string_view value = text.substr(at + kVariable.size());
    if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
    value = value.substr(0, value.find_first_of(" \t\r\n\"'`;,.)"));
    if (!value.empty() && value.find('$') == value.npos) out.insert(value);
  }
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

std::set<std::string_view> names_set_somewhere(const WorkspaceFacts& facts) {
  std::map<std::string_view, std::set<std::string_view>> directories;
  for (const SourceFile* file : task_files(facts)) {
    if (is_of_a_pipeline(*file)) continue;
    const std::string_view path = file->path();
    add_names(*file, directories[path.substr(0, path.size() - file_name(path).size())]);
  }
  std::set<std::string_view> out;
  for (const auto& [directory, names] : directories) {
    if (names.size() == 1) out.insert(*names.begin());
  }
  return out;
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
