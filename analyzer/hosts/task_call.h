// Commands that run tasks of a file: `make -C ops backup`, `just deploy`, `npm run migrate`.
#pragma once

#include <composelint/argument.h>

#include <optional>
#include <string>
#include <vector>

#include "analyzer/hosts/host_file.h"

namespace composelint::hosts {

struct TaskReference {
  HostKind kind = HostKind::kMakefile;
  std::vector<std::string> files;  // absolute; the first that exists has the tasks
  std::vector<std::string> tasks;  // empty: the file's first one
};

// `directory` is where the command is started, absolute. Nothing when `argv` runs no task of a
// file, or when which ones is not known.
[[nodiscard]] std::optional<TaskReference> read_task_call(const std::vector<Argument>& argv,
                                                          const std::string& directory);

}  // namespace composelint::hosts
