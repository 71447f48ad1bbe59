#include "guard/execution.h"

#include <utility>

#include "guard/client_run.h"
#include "guard/snapshot.h"
#include "guard/task_run.h"

namespace composelint::guard {

TaskOutcome execute(const ExecutionRequest& request, Processes& processes, Surroundings& around) {
  if (request.command.business == Business::kTask) {
    return TaskRun(request, processes, around).run();
  }
  return run_client(request, processes, around);
}

std::vector<std::string> labelled(const GuardedCommand& command, std::vector<std::string> argv,
                                  const std::string& run_id) {
  if (command.business != Business::kTask || !command.call().is("run")) return argv;
  // A repaired line may have more words in front of the verb.
  std::size_t at = command.verb_at;
  while (at < argv.size() && argv[at] != "run") ++at;
  if (at >= argv.size()) return argv;
  const auto behind = argv.begin() + static_cast<std::ptrdiff_t>(at) + 1;
  argv.insert(behind, {"--label", std::string(kRunLabel) + "=" + run_id});
  return argv;
}

}  // namespace composelint::guard
