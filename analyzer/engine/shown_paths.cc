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

void place_in_repository(Workspace& workspace, const std::string& working_directory, Run& run) {
  const auto put = [&](const Finding& finding) {
    if (!finding.span) return;
    std::string& place = run.path_in_repository[finding.span.file];
    if (!place.empty()) return;
    const std::string path = text::join_path(working_directory, finding.span.file->path());
    place = text::relative_path(workspace.root_of(path), path);
  };
  for (const Finding& finding : run.findings) put(finding);
  for (const SuppressedFinding& each : run.suppressed) put(each.finding);
}

}  // namespace composelint::engine
