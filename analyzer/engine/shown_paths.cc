#include "analyzer/engine/shown_paths.h"

#include <cstddef>
#include <string_view>

#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

void take_off(std::string_view root, std::string& text) {
  for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root, at)) {
    // `/srv/app/` is no part of `/mnt/srv/app/`.
    const bool begins =
        at == 0 || std::string_view(" \"'`=:,(").find(text[at - 1]) != std::string_view::npos;
    if (begins) {
      text.erase(at, root.size());
    } else {
      at += root.size();
    }
  }
}

}  // namespace

void tell_from_root(Workspace& workspace, const std::string& working_directory,
                    std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (!finding.span) continue;
    const std::string root =
        workspace.root_of(text::join_path(working_directory, finding.span.file->path()));
    if (root.size() < 2) continue;
    take_off(root + "/", finding.message);
    for (std::string& word : finding.key) take_off(root + "/", word);
    for (Related& related : finding.related) take_off(root + "/", related.message);
  }
}

}  // namespace composelint::engine
