// Walks a script in the order in which it would run and writes down its steps.
//
// An abstract interpreter with bounds: it follows variables, functions, `cd`, `set`, conditions and
// loops, runs nothing, and keeps what it cannot know as unknown.
#pragma once

#include <composelint/invocation.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/calls/call_site.h"
#include "analyzer/hosts/host_file.h"
#include "analyzer/knowledge/vocabulary.h"

namespace composelint::timeline {

// Tasks that a command runs (`make backup`, `npm run migrate`), in order, and the file that has
// them.
struct TaskCall {
  std::string path;  // absolute
  std::vector<const hosts::Task*> tasks;
};

struct BuildRequest {
  const hosts::Task* task = nullptr;
  const SourceFile* file = nullptr;  // that holds the task
  std::string script_path;           // its path, absolute
  std::string workspace_root;        // absolute: what `git rev-parse --show-toplevel` prints
  // The script at an absolute path, for those that are sourced or called; null when there is none.
  // May be empty: then no script is followed. Scripts outlive the timeline.
  std::function<const Script*(const std::string& path)> open;
  // The tasks that `argv` runs when it is started in `directory` (absolute); nothing when it runs
  // none that are known. May be empty.
  std::function<std::optional<TaskCall>(const std::vector<Argument>& argv,
                                        const std::string& directory)>
      open_tasks;
  const knowledge::Vocabulary* vocabulary = nullptr;  // rows of the user; outlives the build
  // The one script of the repository whose path ends in `suffix`, where the directory is not known;
  // empty when there are several or none. May be empty.
  std::function<std::string(const std::string& suffix)> find = {};
};

struct BuildLimits {
  std::size_t steps = 20'000;
  std::size_t call_depth = 16;   // functions and scripts inside each other
  std::size_t conditions = 256;  // branches inside each other
};

// Binds the compose calls through `bind`; called once for each call that is found.
using Bind = std::function<Target(const ComposeInvocation&, const calls::CallSite&)>;

[[nodiscard]] Timeline build(const BuildRequest& request, const Bind& bind,
                             const BuildLimits& limits = {});

}  // namespace composelint::timeline
