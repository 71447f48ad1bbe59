#include "analyzer/signs/files/left_behind.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

namespace {

bool lies_with_the_old(std::string_view path) {
  static constexpr std::array<std::string_view, 5> kFolders = {"archive/", "archived/",
                                                               "deprecated/", "legacy/", "old/"};
  return std::any_of(kFolders.begin(), kFolders.end(), [&](std::string_view folder) {
    const std::size_t at = path.find(folder);
    return at == 0 || (at != path.npos && path[at - 1] == '/');
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
  if (!lies_with_the_old(file.path())) return false;
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
