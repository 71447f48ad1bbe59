#include <utility>

#include "analyzer/hosts/host_file.h"
#include "analyzer/hosts/written_files.h"

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
  const std::shared_ptr<const Block> own = task.blocks.front();
  host.tasks.push_back(std::move(task));
  add_written_files(own->script, host);
  return host;
}

}  // namespace composelint::hosts
