#include "analyzer/calls/missing_files.h"

#include <algorithm>

#include "analyzer/compose/own_files.h"
#include "analyzer/text/path.h"

namespace composelint::calls {

std::vector<MissingFile> missing_files(const FileSystem& files, const ComposeInvocation& call,
                                       const std::vector<std::string>& directories,
                                       const std::string& root) {
  std::vector<MissingFile> out;
  if (std::none_of(directories.begin(), directories.end(), [&](const std::string& directory) {
        return root != "/" && (directory == root || directory.starts_with(root + "/"));
      })) {
    return out;
  }
  for (const OptionUse& use : call.global_options) {
    const bool env_file = use.name == "--env-file";
    if ((!env_file && use.name != "--file") || !use.value || !use.value->known()) continue;
    const std::string& path = use.value->text;
    const bool there =
        path.empty() || path == "-" ||
        std::any_of(directories.begin(), directories.end(), [&](const std::string& directory) {
          return files.kind(text::join_path(directory, path)) != FileKind::kNone;
        });
    if (there) continue;
    const bool expected =
        std::any_of(directories.begin(), directories.end(), [&](const std::string& directory) {
          return compose::is_each_machines_own(files, text::join_path(directory, path));
        });
    out.push_back({*use.value, env_file, expected});
  }
  return out;
}

}  // namespace composelint::calls
