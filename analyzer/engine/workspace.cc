#include "analyzer/engine/workspace.h"

#include "analyzer/text/path.h"

namespace composelint::engine {

std::string Workspace::root_of(const std::string& path) {
  const std::string directory = text::directory_of(path);
  const auto known = roots_.find(directory);
  if (known != roots_.end()) return known->second;
  std::string root;
  for (std::string at = directory;; at = text::directory_of(at)) {
    if (sources.files().kind(text::join_path(at, ".git")) != FileKind::kNone) {
      root = at;
      break;
    }
    if (at == "/") break;
  }
  if (root.empty()) {
    const std::string& base = sources.base();
    const bool inside = directory == base || directory.starts_with(base == "/" ? "/" : base + "/");
    root = inside ? base : directory;
  }
  return roots_.emplace(directory, std::move(root)).first->second;
}

calls::Binder& Workspace::binder(const std::string& root) {
  std::unique_ptr<calls::Binder>& slot = binders[root];
  if (slot == nullptr) slot = std::make_unique<calls::Binder>(sources, root);
  return *slot;
}

}  // namespace composelint::engine
