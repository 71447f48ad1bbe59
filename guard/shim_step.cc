#include "guard/shim_step.h"

#include <utility>

#include "analyzer/text/disk_file_system.h"
#include "guard/guard.h"
#include "guard/posix_processes.h"
#include "guard/posix_surroundings.h"
#include "guard/session_directory.h"

namespace composelint::guard {

int guard_step(std::vector<std::string> argv, const std::string& directory) {
  const Result<std::string> text =
      text::DiskFileSystem().read(directory + "/" + std::string(kSessionFile));
  // Without the file guard is as strict as it is on its own.
  GuardOptions options = text ? read_session(*text).value_or(GuardOptions()) : GuardOptions();
  options.command = std::move(argv);
  PosixSurroundings around;  // before signals are taken over
  PosixProcesses processes;
  return guard(options, processes, around);
}

}  // namespace composelint::guard
