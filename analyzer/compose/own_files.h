// Files that a repository speaks of and does not hold, as each machine has its own.
#pragma once

#include <composelint/file_system.h>

#include <string>
#include <vector>

namespace composelint::compose {

// Git ignores the path (absolute), or a template of it lies beside it: `.env.example` of `.env`.
[[nodiscard]] bool is_each_machines_own(const FileSystem& files, const std::string& path);

// The variables that files with "env" in their names set, or show how to set, in the directory;
// sorted.
[[nodiscard]] std::vector<std::string> variables_set_in(const FileSystem& files,
                                                        const std::string& directory);

}  // namespace composelint::compose
