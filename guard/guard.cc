#include "guard/guard.h"

#include <composelint/exit_code.h>

#include "analyzer/report/display.h"
#include "guard/corridor.h"
#include "guard/script_behind.h"
#include "guard/session.h"

namespace composelint::guard {

int guard(const GuardOptions& options, Processes& processes, Surroundings& around) {
  if (options.script) return guard_script(options, processes, around);
  const auto behind = script_behind(options.command, around);
  if (!behind) {
    around.say("composelint: " + report::printable(behind.failure().message) + "\n");
    return static_cast<int>(ExitCode::kTrouble);
  }
  if (*behind) return guard_behind(options, **behind, processes, around);
  return guard_through(options, processes, around,
                       {take_snapshot, execute, verify, MachineLock::take});
}

}  // namespace composelint::guard
