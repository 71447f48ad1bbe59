#include "analyzer/signs/files/carried_file.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// Both name the same file as far as both have folders: `/srv/shop/compose.yaml` and
// `shop/compose.yaml`.
bool ends_alike(std::string_view one, std::string_view other) {
  if (one.size() < other.size()) std::swap(one, other);
  return !other.empty() && one.ends_with(other) &&
         (one.size() == other.size() || one[one.size() - other.size() - 1] == '/');
}

// `compose.yaml.bak`, `compose.old.yaml` beside it are copies to keep; a directory, the same name
// elsewhere and another machine are where it is read.
bool is_another_directory(const Argument& target, std::string_view name) {
  const std::string_view text = target.text;
  if (!target.holes.empty() || text.find(':') != text.npos || text.ends_with('/')) {
    return true;
  }
  const std::string_view folder = text.substr(0, text.size() - file_name(text).size());
  if (folder.empty() || folder == "./") return false;
  return file_name(text) == name || file_name(text).find(".y") == text.npos;
}

}  // namespace

bool carries(const Step& step, std::string_view path) {
  static constexpr std::array<std::string_view, 5> kCopies = {"cp", "install", "mv", "rsync",
                                                              "scp"};
  const std::string_view program = program_name(step);
  const bool fetches = program == "curl" || program == "wget";
  const bool copies = std::find(kCopies.begin(), kCopies.end(), program) != kCopies.end();
  if ((!fetches && !copies) || step.argv.size() < 2) return false;
  const std::string_view name = file_name(path);
  if (fetches) {
    return std::any_of(step.argv.begin() + 1, step.argv.end(), [&](const Argument& word) {
      const std::string_view text = word.text;
      return text.find("://") != text.npos && file_name(text) == name;
    });
  }
  if (!is_another_directory(step.argv.back(), name)) return false;
  return std::any_of(step.argv.begin() + 1, step.argv.end() - 1, [&](const Argument& word) {
    std::string_view text = word.text;
    if (text.starts_with("./")) text.remove_prefix(2);
    return !text.starts_with('-') && ends_alike(text, path);
  });
}

bool is_carried_away(const WorkspaceFacts& facts, const SourceFile& file) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(),
                       [&](const Step& step) { return carries(step, file.path()); });
  });
}

bool lies_in_a_skeleton(const SourceFile& file) {
  const std::string path = "/" + file.path();
  return path.find("/.example/") != path.npos || path.find("/skel/") != path.npos ||
         path.find("/skeleton/") != path.npos;
}

}  // namespace composelint
