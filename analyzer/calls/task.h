// What a command does to the stack's data: the vocabulary asked with all that is known of the call.
#pragma once

#include <composelint/effect.h>
#include <composelint/invocation.h>
#include <composelint/timeline.h>

#include <span>
#include <string>

namespace composelint::calls {

struct Judgement {
  Launcher launcher = Launcher::kNone;
  Effect effect = Effect::kUnknown;
  Role role = Role::kNone;
  std::string effect_name;
  bool asks = false;
};

// Fills in effect, role and effect_name. For `run` and `exec` they are the inner command's, with
// the service's entrypoint before it where the service itself is the program.
void judge(ComposeInvocation& call);

// A command that is no compose call; the one inside of `docker exec` and `docker run` counts.
[[nodiscard]] Judgement judge(std::span<const Argument> argv);

}  // namespace composelint::calls
