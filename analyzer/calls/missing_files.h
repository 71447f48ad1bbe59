// Files that a call names and that are not there.
#pragma once

#include <composelint/file_system.h>
#include <composelint/invocation.h>

#include <string>
#include <vector>

namespace composelint::calls {

// What -f and --env-file name by known words and no directory the call may run in has. Of places
// outside of `root` it is not known what they hold elsewhere.
[[nodiscard]] std::vector<MissingFile> missing_files(const FileSystem& files,
                                                     const ComposeInvocation& call,
                                                     const std::vector<std::string>& directories,
                                                     const std::string& root);

}  // namespace composelint::calls
