#include "analyzer/engine/run_by_a_cluster.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/development_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// `charts/` may as well hold what draws them.
bool holds_a_chart(const std::string& directory, Workspace& workspace) {
  const FileSystem& files = workspace.sources.files();
  const auto is_one = [&](const std::string& path) {
    return files.kind(text::join_path(path, "Chart.yaml")) == FileKind::kRegular;
  };
  const auto entries = files.list(directory);
  return is_one(directory) ||
         (entries && std::any_of(entries->begin(), entries->end(), [&](const auto& entry) {
            return is_one(text::join_path(directory, entry.name));
          }));
}

// `kubectl -n shop apply -f k8s/`, `helm upgrade --install shop charts/shop`.
bool deploys_to_a_cluster(const Step& step) {
  if (step.argv.empty()) return false;
  const std::string_view program = text::name_of(step.argv[0].text);
  const auto has = [&](const char* word) {
    return std::any_of(step.argv.begin(), step.argv.end(),
                       [&](const Argument& each) { return each.is(word); });
  };
  if (program == "helm") return has("upgrade") || has("install");
  return (program == "kubectl" && has("apply")) ||
         (program == "k3s" && has("kubectl") && has("apply"));
}

}  // namespace

std::string held_for_a_cluster(const std::string& root, Workspace& workspace) {
  const auto holds = [&](std::string_view name) {
    return workspace.sources.files().kind(text::join_path(root, name)) == FileKind::kDirectory;
  };
  const bool cluster = holds("k8s") || holds("kubernetes");
  return cluster ? "the repository has what a cluster runs" : "";
}

std::string charts_below(const std::string& root, Workspace& workspace) {
  for (const std::string_view folder : {"", "deploy", "deployment", "infra", "infrastructure"}) {
    for (const std::string_view name :
         {"chart", "charts", "helm", "k8s", "kubernetes", "manifests"}) {
      if (folder.empty() && name == "manifests") continue;
      const std::string path = text::join_path(text::join_path(root, folder), name);
      if (workspace.sources.files().kind(path) != FileKind::kDirectory) continue;
      if (name.starts_with("chart") && !holds_a_chart(path, workspace)) continue;
      return "the repository has what a cluster runs";
    }
  }
  return "";
}

std::string deployed_to_a_cluster(const std::string& root, const Workspace& workspace) {
  for (const auto& script : workspace.scripts) {
    const std::string& shown = script->file->path();
    const std::string at = text::join_path(workspace.sources.base(), shown);
    if (!at.starts_with(root + "/")) continue;
    const std::string_view name = text::name_of(at);
    // A cluster on somebody's own machine is there to be tried.
    if (!has_name_word(name, {"deploy", "deployment"}) || names_development(name)) continue;
    if (has_name_word(name, {"kind", "minikube", "test"})) continue;
    const std::vector<Step>& steps = script->timeline.steps;
    const auto calls = [](const Step& each) { return each.call.has_value(); };
    if (std::any_of(steps.begin(), steps.end(), deploys_to_a_cluster) &&
        std::none_of(steps.begin(), steps.end(), calls)) {
      return shown + " deploys to a cluster";
    }
  }
  return "";
}

}  // namespace composelint::engine
