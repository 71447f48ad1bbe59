// What the files of a run say of a name, as text: whoever speaks of a file may make it, whoever
// speaks of a variable may set it.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <cstddef>
#include <set>
#include <string_view>

namespace composelint {

// The line only tells somebody something.
[[nodiscard]] bool only_tells(std::string_view line);

// The folder that stands in front of the name, as far as it is written.
[[nodiscard]] std::string_view folder_before(std::string_view text, std::size_t at);

// The next place at or behind `from` where the name stands, not as a part of a longer one; npos
// when there is none.
[[nodiscard]] std::size_t find_name(std::string_view text, std::string_view name,
                                    std::size_t from = 0);

// Some call acts on the project, or its directory is all it takes to find it. Other compose files
// may be parts of something, read from another place.
[[nodiscard]] bool is_in_use(const WorkspaceFacts& facts, const Project& project);

// The files that hold tasks, each once.
[[nodiscard]] std::set<const SourceFile*> task_files(const WorkspaceFacts& facts);

// Some line of the tasks speaks of the file by its name, other than to have compose read it. `own`
// may look whether it is there.
[[nodiscard]] bool speaks_of_file(const WorkspaceFacts& facts, std::string_view path,
                                  const SourceFile* own = nullptr);

}  // namespace composelint
