// From the paths a user gives to the files worth reading.
#pragma once

#include <composelint/finding.h>

#include <span>
#include <string>
#include <vector>

#include "analyzer/engine/classify.h"
#include "analyzer/text/source_store.h"

namespace composelint::engine {

struct DiscoveredFile {
  std::string path;  // absolute
  FileRole role = FileRole::kOther;
};

struct Discovery {
  std::vector<DiscoveredFile> files;   // sorted by path, each once, none of kOther
  std::vector<std::string> templates;  // absolute; of whatever files
  struct Skipped {
    std::string path;  // as shown
    std::string why;
  };
  std::vector<Skipped> skipped;             // named, and not looked at
  std::vector<Notification> notifications;  // kError for what could not be read
};

// Files named in `paths` are always looked at. Directories are walked: directories of version
// control, ignored files (.gitignore, .ignore, .git/info/exclude, from the repository's root on)
// and symbolic links are left out. Relative paths start at the store's base; what cannot be read
// never hides the rest.
[[nodiscard]] Discovery discover(std::span<const std::string> paths,
                                 const text::SourceStore& store);

}  // namespace composelint::engine
