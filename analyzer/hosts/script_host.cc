#include <utility>

#include "analyzer/hosts/host_file.h"

namespace composelint::hosts {

HostFile script_host(Script script) {
  HostFile host;
  host.file = script.file;
  for (const Span& lost : script.unparsed) {
    host.troubles.push_back({lost, "this part could not be read as shell and is not checked"});
  }
  auto block = std::make_shared<Block>();
  block->script = std::move(script);
  Task task;
  task.span = block->script.span;
  task.blocks.push_back(std::move(block));
  host.tasks.push_back(std::move(task));
  return host;
}

}  // namespace composelint::hosts
