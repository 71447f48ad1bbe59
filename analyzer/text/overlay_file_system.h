// A file system with texts in the place of some of its files: what it would be like if they were
// written.
#pragma once

#include <composelint/file_system.h>

#include <map>
#include <string>
#include <utility>

namespace composelint::text {

class OverlayFileSystem final : public FileSystem {
 public:
  explicit OverlayFileSystem(const FileSystem& below) : below_(below) {}

  // `path` is that by which the file is read later on; it has to be one of `below`.
  void set(const std::string& path, std::string bytes) { texts_[path] = std::move(bytes); }

  [[nodiscard]] FileKind kind(const std::string& path) const override { return below_.kind(path); }
  [[nodiscard]] Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] Result<std::string> read_head(const std::string& path,
                                              std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    return below_.list(path);
  }
  [[nodiscard]] Result<std::optional<std::string>> link_target(
      const std::string& path) const override {
    return below_.link_target(path);
  }

 private:
  const FileSystem& below_;
  std::map<std::string, std::string> texts_;
};

}  // namespace composelint::text
