#include "analyzer/text/overlay_file_system.h"

namespace composelint::text {

Result<std::string> OverlayFileSystem::read(const std::string& path) const {
  const auto found = texts_.find(path);
  return found == texts_.end() ? below_.read(path) : Result<std::string>(found->second);
}

Result<std::string> OverlayFileSystem::read_head(const std::string& path, std::size_t limit) const {
  const auto found = texts_.find(path);
  if (found == texts_.end()) return below_.read_head(path, limit);
  return found->second.substr(0, limit);
}

}  // namespace composelint::text
