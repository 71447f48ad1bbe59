// What a command does to the stack's data: the vocabulary asked with all that is known of the call.
#pragma once

#include <composelint/effect.h>
#include <composelint/invocation.h>
#include <composelint/timeline.h>

#include <span>
#include <string>
#include <string_view>

#include "analyzer/knowledge/vocabulary.h"

namespace composelint::calls {

struct Judgement {
  Launcher launcher = Launcher::kNone;
  Effect effect = Effect::kUnknown;
  Role role = Role::kNone;
  std::string effect_name;
  bool asks = false;
};

// Fills in effect, role and effect_name. For `run` and `exec` they are the inner command's, with
// the service's entrypoint before it where the service itself is the program. `own` are rows of the
// user; may be null.
void judge(ComposeInvocation& call, const knowledge::Vocabulary* own = nullptr);

// A command that is no compose call; the one inside of `docker exec` and `docker run` counts.
[[nodiscard]] Judgement judge(std::span<const Argument> argv,
                              const knowledge::Vocabulary* own = nullptr);

// `rm`, `find -delete`: files are removed, of which it is not known what they hold. What else
// stands beside it names a text that does several things.
[[nodiscard]] bool removes_files(Effect effect, std::string_view name);

}  // namespace composelint::calls
