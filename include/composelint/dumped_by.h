// By which program the scripts of a repository dump what another one restores.
#pragma once

#include <composelint/path_name.h>
#include <composelint/rule.h>

#include <algorithm>
#include <string_view>

namespace composelint {

namespace detail {

// Scripts below `directory` that dump by `program`.
[[nodiscard]] inline bool are_dumped_by(std::string_view program, const WorkspaceFacts& facts,
                                        std::string_view directory) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    if (task.context == Context::kDocs || !task.timeline->file->path().starts_with(directory)) {
      return false;
    }
    const std::string_view text = task.timeline->file->bytes();
    for (std::size_t at = text.find(program); at != text.npos; at = text.find(program, at + 1)) {
      const std::size_t end = at + program.size();
      if (end < text.size() && (text[end] == ' ' || text[end] == '\\')) return true;
    }
    return false;
  });
}

}  // namespace detail

// What the scripts next to it, or else those of the directories above, dump is all by pg_dumpall:
// its roles are there already, and the first of those errors would end the restore. `directory`:
// the path of a script.
[[nodiscard]] inline bool is_dumped_by_pg_dumpall(std::string_view directory,
                                                  const WorkspaceFacts& facts) {
  directory = directory.substr(0, directory.size() - file_name(directory).size());
  // `backup/restore/`, then `backup/`, and so up.
  while (true) {
    const bool single = detail::are_dumped_by("pg_dump", facts, directory);
    if (single || detail::are_dumped_by("pg_dumpall", facts, directory)) return !single;
    if (directory.empty()) return false;
    directory.remove_suffix(1);
    directory = directory.substr(0, directory.rfind('/') + 1);  // npos + 1 is 0
  }
}

}  // namespace composelint
