// Directories that say of themselves that they are kept and no longer used.
#pragma once

#include <composelint/file_system.h>

#include <string>

namespace composelint {

// `ARCHIVED.md` lies there, or the head of the README says it: "# Jobs - ARCHIVED", "# Archive: the
// first jobs", "This folder is no longer in use". A part that is deprecated is another matter.
[[nodiscard]] bool says_it_is_archived(const FileSystem& files, const std::string& directory);

}  // namespace composelint
