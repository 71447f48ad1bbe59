// Files that are on no disk, for loading projects in tests.
#pragma once

#include <composelint/file_system.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace composelint::compose {

class MemoryFiles final : public FileSystem {
 public:
  // Absolute paths and contents.
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  [[nodiscard]] FileKind kind(const std::string& path) const override {
    if (files_.count(path) != 0) return FileKind::kRegular;
    const auto below = files_.lower_bound(path + "/");
    const bool directory = below != files_.end() && below->first.starts_with(path + "/");
    return directory ? FileKind::kDirectory : FileKind::kNone;
  }
  [[nodiscard]] Result<std::string> read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return Failure{FailureCode::kNotFound, path + " is not there", {}};
    return found->second;
  }
  [[nodiscard]] Result<std::string> read_head(const std::string& path,
                                              std::size_t limit) const override {
    Result<std::string> all = read(path);
    if (all) all->resize(std::min(all->size(), limit));
    return all;
  }
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    std::vector<DirectoryEntry> entries;
    for (const auto& [file, content] : files_) {
      if (!file.starts_with(path + "/")) continue;
      const std::string rest = file.substr(path.size() + 1);
      const std::size_t slash = rest.find('/');
      const std::string name = rest.substr(0, slash);
      if (!entries.empty() && entries.back().name == name) continue;
      const bool below = slash != std::string::npos;
      entries.push_back({name, below ? FileKind::kDirectory : FileKind::kRegular, false});
    }
    return entries;
  }

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace composelint::compose
