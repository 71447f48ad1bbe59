// Runs a task through `execute` alone, for trying it on an engine by hand:
//   run_task RUN-ID REPORT-FILE MILLISECONDS docker compose run app migrate
#include <cstdio>
#include <cstdlib>

#include "analyzer/text/disk_file_system.h"
#include "guard/execution.h"
#include "guard/posix_processes.h"
#include "guard/posix_surroundings.h"

int main(int argc, char** argv) {
  using namespace composelint;
  if (argc < 5) return 2;
  guard::PosixProcesses processes;
  guard::PosixSurroundings around;
  const text::DiskFileSystem files;
  const auto command =
      guard::understand(std::vector<std::string>(argv + 4, argv + argc), around, {}, files);
  if (!command) {
    std::fprintf(stderr, "%s\n", command.failure().message.c_str());
    return 2;
  }
  const guard::ExecutionRequest request{**command,
                                        guard::labelled(**command, (*command)->argv, argv[1]),
                                        argv[1], -1, std::chrono::milliseconds(std::atoi(argv[3]))};
  const guard::TaskOutcome outcome = guard::execute(request, processes, around);
  if (std::FILE* report = std::fopen(argv[2], "we")) {
    constexpr const char* kEnds[] = {"ended", "never-started", "still-running", "unknown"};
    std::fprintf(report, "%s %d client %d stopped %d container %.12s\n",
                 kEnds[static_cast<int>(outcome.end)], outcome.code, outcome.client.shell_status(),
                 outcome.stopped ? 1 : 0, outcome.container.c_str());
    for (const std::string& note : outcome.notes) std::fprintf(report, "note: %s\n", note.c_str());
    std::fclose(report);
  }
  return outcome.code;
}
