#include "analyzer/engine/workspace.h"

#include "analyzer/shell/parser.h"
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

const Result<Script>& Workspace::script(const std::string& path, const SourceFile& source) {
  std::unique_ptr<Result<Script>>& slot = parsed_[path];
  if (slot == nullptr) {
    slot = std::make_unique<Result<Script>>(shell::parse_script(shell::whole_file(source)));
  }
  return *slot;
}

const Result<Script>& Workspace::script(const std::string& path) {
  const auto known = parsed_.find(path);
  if (known != parsed_.end()) return *known->second;
  const Result<const SourceFile*> source = sources.open(path);
  if (source) return script(path, **source);
  return *(parsed_[path] = std::make_unique<Result<Script>>(source.failure()));
}

calls::Binder& Workspace::binder(const std::string& root) {
  std::unique_ptr<calls::Binder>& slot = binders[root];
  if (slot == nullptr) slot = std::make_unique<calls::Binder>(sources, root);
  return *slot;
}

}  // namespace composelint::engine
