#include "guard/guard.h"

#include "guard/corridor.h"
#include "guard/session.h"

namespace composelint::guard {

int guard(const GuardOptions& options, Processes& processes, Surroundings& around) {
  if (options.script) return guard_script(options, processes, around);
  return guard_through(options, processes, around, {take_snapshot, execute, verify, MachineLock::take});
}

}  // namespace composelint::guard
