// What a script has done to a service when a step is reached.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string>

namespace composelint {

// The call names the service, or names none and so means all that are active.
[[nodiscard]] bool reaches_service(const ComposeInvocation& call, const Service& service);

enum class Life { kUnknown, kUp, kStopped, kPaused };

struct LifeFact {
  Life life = Life::kUnknown;
  const Step* step = nullptr;  // that made it so
};

// Other programs that may start or stop what the script does not say.
[[nodiscard]] bool may_hide_compose(const Step& step);

// Only what is sure: the last step that acts on the service runs whenever `at` is reached. Without
// a project, any call may be for it.
[[nodiscard]] LifeFact life_of(const Timeline& timeline, const Step& at, const Service& service,
                               const Project* of);

[[nodiscard]] LifeFact life_of(const Timeline& timeline, const Step& at, const Service& service,
                               const ComposeInvocation& by);

// The line of the step for whoever reads at `here`, the place of the finding.
[[nodiscard]] std::string line_of(const Step& step, const Span& here);

}  // namespace composelint
