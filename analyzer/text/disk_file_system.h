// The file system of the machine, behind the FileSystem interface.
#pragma once

#include <composelint/file_system.h>

namespace composelint::text {

class DiskFileSystem final : public FileSystem {
 public:
  [[nodiscard]] FileKind kind(const std::string& path) const override;
  // Refuses files over `kMaxFileSize`, and anything that is no regular file: reading a fifo or a
  // device from a lint would hang.
  [[nodiscard]] Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] Result<std::string> read_head(const std::string& path,
                                              std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  [[nodiscard]] Result<std::optional<std::string>> link_target(
      const std::string& path) const override;

  static constexpr std::size_t kMaxFileSize = std::size_t{64} << 20;  // bytes
};

}  // namespace composelint::text
