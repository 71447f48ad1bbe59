// Owns every SourceFile of a run and reads each path once.
#pragma once

#include <composelint/file_system.h>
#include <composelint/result.h>
#include <composelint/source.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace composelint::text {

// Files live as long as the store, at stable addresses. Safe to use from several threads.
class SourceStore {
 public:
  // Paths below `base` (absolute) are shown relative to it, others as they are.
  SourceStore(const FileSystem& files, std::string base);

  // The file at `path`, read on first use. Relative paths start at the base. Failures are
  // remembered too: a file that could not be read is not tried again.
  Result<const SourceFile*> open(const std::string& path);
  // A text that is on no disk: standard input, a command line.
  const SourceFile& add(std::string shown_path, std::string bytes);

  [[nodiscard]] const FileSystem& files() const { return files_; }
  [[nodiscard]] const std::string& base() const { return base_; }
  // How `path` (absolute or relative to the base) is shown to the user.
  [[nodiscard]] std::string shown(const std::string& path) const;

 private:
  const FileSystem& files_;
  std::string base_;
  std::mutex mutex_;
  std::map<std::string, Result<std::unique_ptr<SourceFile>>> opened_;
  std::vector<std::unique_ptr<SourceFile>> added_;
};

}  // namespace composelint::text
