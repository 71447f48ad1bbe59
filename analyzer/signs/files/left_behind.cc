#include "analyzer/signs/files/left_behind.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

namespace {

// `legacy`, `old_installers`, `jobs-old`; a `legacy-api` may well be in use.
bool is_of_the_past(std::string_view folder) {
  static constexpr std::array<std::string_view, 8> kAlone = {
      "archiv", "archive", "archived", "attic", "deprecated", "legacy", "obsolete", "old"};
  static constexpr std::array<std::string_view, 4> kMarks = {"archived", "deprecated", "obsolete",
                                                             "old"};
  const std::string name = lower_case(folder);
  if (std::find(kAlone.begin(), kAlone.end(), name) != kAlone.end()) return true;
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
    constexpr std::string_view kJoints = "_-. ";
    if (name.size() <= mark.size()) return false;
    const bool first = name.starts_with(mark) && kJoints.find(name[mark.size()]) != kJoints.npos;
    const bool last =
        name.ends_with(mark) && kJoints.find(name[name.size() - mark.size() - 1]) != kJoints.npos;
    return first || last;
  });
}

// The folder that keeps it; empty: none.
std::string_view kept_in(std::string_view path) {
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
    const std::string_view folder = path.substr(0, at);
    if (is_of_the_past(file_name(folder))) return folder;
  }
  return {};
}

bool lies_with_the_old(std::string_view path) {
  return !kept_in(path).empty();
}

// A stack that has its scripts beside it may be one that is in use still.
bool keeps_a_stack(std::string_view folder, const WorkspaceFacts& facts) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return project->default_files && !project->files.empty() &&
           project->files.front()->path().starts_with(std::string(folder) + "/");
  });
}

// The last folder and the name, as far as the word has them.
bool names(std::string_view word, std::string_view path) {
  const std::string_view name = file_name(path);
  if (!word.ends_with(name)) return false;
  const std::string_view before = path.substr(0, path.size() - name.size());
  const std::string_view folder =
      before.empty() ? before : file_name(before.substr(0, before.size() - 1));
  return word.ends_with(std::string(folder) + "/" + std::string(name));
}

}  // namespace

bool is_left_behind(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string_view folder = kept_in(file.path());
  if (folder.empty() || keeps_a_stack(folder, facts)) return false;
  return std::none_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    if (task.timeline->file == nullptr || lies_with_the_old(task.timeline->file->path())) {
      return false;
    }
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.span.file == &file ||
             std::any_of(step.argv.begin(), step.argv.end(),
                         [&](const Argument& word) { return names(word.text, file.path()); });
    });
  });
}

}  // namespace composelint
