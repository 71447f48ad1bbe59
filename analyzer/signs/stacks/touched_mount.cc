#include "analyzer/signs/stacks/touched_mount.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/stacks/mounts.h"

namespace composelint {

namespace {

// The absolute paths among the words of what runs in there, and where it stands; none where not all
// of the words are known.
std::vector<std::string> paths_inside(const DockerInvocation& run) {
  std::vector<std::string> paths;
  for (const TextCommand& command : commands_inside(run.inner)) {
    for (const TextWord& word : command.words) {
      if (!word.known) return {};
      const std::string_view text = word.text;
      const std::size_t at = text.starts_with("-C/") ? 2 : text.find("=/") + 1;  // npos + 1 is 0
      if (text.substr(at).starts_with('/')) paths.emplace_back(text.substr(at));
    }
  }
  const OptionUse* directory = run.option("--workdir");
  if (directory != nullptr && directory->value) paths.push_back(directory->value->text);
  return paths;
}

}  // namespace

bool may_touch(const DockerInvocation& run, std::string_view target) {
  const std::vector<std::string> paths = paths_inside(run);
  return paths.empty() || target.empty() ||
         std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
           return lies_below(path, target) || lies_below(target, path);
         });
}

}  // namespace composelint
