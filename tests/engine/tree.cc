#include "tests/engine/tree.h"

#include "analyzer/text/path.h"

namespace composelint::engine {

Tree::Node& Tree::add(const std::string& path, FileKind kind) {
  if (path != "/") add(text::directory_of(path), FileKind::kDirectory);
  Node& node = nodes_[path];
  node.entry = {std::string(text::name_of(path)), kind, false};
  return node;
}

Tree& Tree::file(const std::string& path, std::string bytes, bool executable) {
  Node& node = add(path, FileKind::kRegular);
  node.bytes = std::move(bytes);
  node.entry.executable = executable;
  return *this;
}

Tree& Tree::link(const std::string& path) {
  add(path, FileKind::kOther);
  return *this;
}

Tree& Tree::unreadable(const std::string& path) {
  nodes_.at(path).readable = false;
  return *this;
}

const Tree::Node* Tree::find(const std::string& path) const {
  const auto found = nodes_.find(text::normalise(path));
  return found == nodes_.end() ? nullptr : &found->second;
}

FileKind Tree::kind(const std::string& path) const {
  const Node* node = find(path);
  return node == nullptr ? FileKind::kNone : node->entry.kind;
}

Result<std::string> Tree::read(const std::string& path) const {
  const Node* node = find(path);
  if (node == nullptr) return Failure{FailureCode::kNotFound, "cannot read " + path, {}};
  opened.insert(path);
  if (!node->readable) {
    return Failure{FailureCode::kUnreadable, "cannot read " + path + ": Permission denied", {}};
  }
  return node->bytes;
}

Result<std::string> Tree::read_head(const std::string& path, std::size_t limit) const {
  Result<std::string> bytes = read(path);
  if (bytes) bytes->resize(std::min(bytes->size(), limit));
  return bytes;
}

Result<std::vector<DirectoryEntry>> Tree::list(const std::string& path) const {
  const Node* directory = find(path);
  if (directory == nullptr || !directory->readable) {
    return Failure{FailureCode::kUnreadable, "cannot read " + path + ": Permission denied", {}};
  }
  std::vector<DirectoryEntry> entries;
  for (const auto& [name, node] : nodes_) {
    if (name != "/" && text::directory_of(name) == path) entries.push_back(node.entry);
  }
  return entries;
}

}  // namespace composelint::engine
