// Files that a repository speaks of and does not hold, as each machine has its own.
#pragma once

#include <composelint/file_system.h>

#include <string>
#include <vector>

namespace composelint::compose {

// Git ignores the path (absolute), a template of it lies beside it (`.env.example` of `.env`), the
// README beside it has it copied or created, it is a link to what is not there, or the directory
// that would hold it is not there either: something else makes all of it.
[[nodiscard]] bool is_each_machines_own(const FileSystem& files, const std::string& path);

// Something makes the env file of a template in another folder, up to the repository's root:
// `config/templates/mail.env.j2` of `.env.mail`.
[[nodiscard]] bool is_made_of_a_template(const FileSystem& files, const std::string& root,
                                         const std::string& path);

// A .dockerignore names it, and not all that lies beside it: somebody has such a file.
[[nodiscard]] bool is_kept_out_of_images(const FileSystem& files, const std::string& path);

// It is a link, and nothing is where that leads.
[[nodiscard]] bool leads_nowhere(const FileSystem& files, const std::string& path);

// By a .gitignore on the way up to the repository's root: the path, or a directory above it.
[[nodiscard]] bool git_ignores(const FileSystem& files, const std::string& path);

// Names in the files of the directory that set variables, or show how to, by what the files are
// called, and in pipelines of Jenkins; and `NAME=VALUE` of each plain line of those files. Sorted.
[[nodiscard]] std::vector<std::string> variables_set_in(const FileSystem& files,
                                                        const std::string& directory);

}  // namespace composelint::compose
