#include "analyzer/signs/stacks/on_developers_stack.h"

#include <composelint/taken_for.h>

#include "analyzer/signs/stacks/developers_stack.h"

namespace composelint {

bool is_on_a_developers_stack(const Step& step) {
  const Project* project = step.call ? TakenFor{.likely = true}(*step.call) : nullptr;
  return project != nullptr && is_developers_stack(*project);
}

}  // namespace composelint
