// What a command is said to do.
#pragma once

#include <composelint/effect.h>

#include "guard/command.h"

namespace composelint::guard {

// What looks like a look, and may be none, is not called one.
[[nodiscard]] inline Effect told_effect(const GuardedCommand& command) {
  const Effect effect = command.call().effect;
  return effect == Effect::kReads && !command.doubt.empty() ? Effect::kUnknown : effect;
}

}  // namespace composelint::guard
