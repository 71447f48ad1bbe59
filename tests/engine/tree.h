// A file system in memory, for walks that need no disk.
#pragma once

#include <composelint/file_system.h>

#include <map>
#include <set>
#include <string>

namespace composelint::engine {

class Tree final : public FileSystem {
 public:
  // Adds a file and the directories above it.
  Tree& file(const std::string& path, std::string bytes = "", bool executable = false);
  Tree& link(const std::string& path);  // a symbolic link to a directory, for `list`
  Tree& unreadable(const std::string& path);

  [[nodiscard]] FileKind kind(const std::string& path) const override;
  [[nodiscard]] Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] Result<std::string> read_head(const std::string& path,
                                              std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;

  mutable std::set<std::string> opened;  // what was read, whole or in part

 private:
  struct Node {
    DirectoryEntry entry;
    std::string bytes;
    bool readable = true;
  };
  [[nodiscard]] const Node* find(const std::string& path) const;
  Node& add(const std::string& path, FileKind kind);

  std::map<std::string, Node> nodes_;
};

}  // namespace composelint::engine
