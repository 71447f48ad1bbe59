#include "analyzer/signs/dumps/dumped_by.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

// Scripts below `directory` that dump by `program`.
bool are_dumped_by(std::string_view program, const WorkspaceFacts& facts,
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

}  // namespace

bool is_dumped_by_pg_dumpall(std::string_view directory, const WorkspaceFacts& facts) {
  directory = directory.substr(0, directory.size() - file_name(directory).size());
  // `backup/restore/`, then `backup/`, and so up.
  while (true) {
    const bool single = are_dumped_by("pg_dump", facts, directory);
    if (single || are_dumped_by("pg_dumpall", facts, directory)) return !single;
    if (directory.empty()) return false;
    directory.remove_suffix(1);
    directory = directory.substr(0, directory.rfind('/') + 1);  // npos + 1 is 0
  }
}

}  // namespace composelint
