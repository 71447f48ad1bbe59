// Tasks that run others before and behind their own shells.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analyzer/hosts/host_file.h"

namespace composelint::hosts {

struct TaskNode {
  std::string name;
  Span span;
  std::vector<std::size_t> before;  // indices of nodes
  std::vector<std::shared_ptr<const Block>> own;
  std::vector<std::size_t> after;
  bool hidden = false;    // a variant that other tasks run, no task by itself
  bool differs = false;   // … and does not do what the task of its name does
  std::string directory;  // absolute: where its shells run
};

// Adds a task for each node to `host`, its blocks in the order in which they run, each once.
// `path`: of the file, for the commands in it that run its own tasks.
void add_tasks(const std::vector<TaskNode>& nodes, const std::string& path, HostFile& host);

}  // namespace composelint::hosts
