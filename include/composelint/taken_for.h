// Which project a call acts on, for those who go on where that is not known for sure.
#pragma once

#include <composelint/invocation.h>

#include <cstddef>

namespace composelint {

// By default the one that is known, or none.
struct TakenFor {
  bool likely = false;  // the guess, where none is known
  // One of the stacks that a variable stands for, of calls that stand for as many.
  std::size_t stacks = 0;
  std::size_t stack = 0;

  [[nodiscard]] const Project* operator()(const ComposeInvocation& call) const {
    const Target& target = call.target;
    if (target.project != nullptr) return target.project;
    if (stacks > 0 && target.others.size() == stacks) return target.others[stack];
    return likely ? target.likely : nullptr;
  }
};

}  // namespace composelint
