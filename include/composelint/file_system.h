// The one door to files. The analyzer reads through it, so that tests and editors can hand in files
// that are on no disk, and so that nothing else in the analyzer opens a path.
#pragma once

#include <composelint/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

enum class FileKind { kNone, kRegular, kDirectory, kOther };

struct DirectoryEntry {
  std::string name;                 // the last component only
  FileKind kind = FileKind::kNone;  // of the entry itself: a link to a directory is kOther
  bool executable = false;          // some execute bit is set on a regular file
};

// Paths are absolute or relative to the process's working directory, with '/' between components.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // What the path names, links followed.
  [[nodiscard]] virtual FileKind kind(const std::string& path) const = 0;
  // The whole content. Fails with kNotFound or kUnreadable, the path in the message.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path) const = 0;
  // The first `limit` bytes, for looking at a shebang without reading a large file.
  [[nodiscard]] virtual Result<std::string> read_head(const std::string& path,
                                                      std::size_t limit) const = 0;
  // Entries of a directory sorted by name, without "." and "..".
  [[nodiscard]] virtual Result<std::vector<DirectoryEntry>> list(const std::string& path) const = 0;
  // Where the symbolic link `path` leads in the end, absolute and without further links; nothing
  // when it is no link. Fails when it leads nowhere. Files that are on no disk have no links.
  [[nodiscard]] virtual Result<std::optional<std::string>> link_target(
      const std::string& /*path*/) const {
    return std::optional<std::string>();
  }
};

}  // namespace composelint
