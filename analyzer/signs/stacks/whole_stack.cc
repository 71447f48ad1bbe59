#include "analyzer/signs/stacks/whole_stack.h"

#include <composelint/effect.h>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

bool stops_all(const Step& step) {
  return step.call && (step.call->is("stop") || step.call->is("down")) &&
         step.call->operands.empty() && !step.call->opaque_options &&
         !step.call->has("--volumes") && !step.call->has("--rmi");
}

bool is_stopped_as_a_whole(const Timeline& timeline, const Step& out) {
  if (!out.call) return false;
  const Step* last = last_before(timeline, out, [&](const Step& other) {
    return other.call && other.call->operands.empty() && !other.call->opaque_options &&
           may_share_stack(*other.call, *out.call) &&
           (other.call->is("up") || other.call->is("start") || other.call->is("stop") ||
            other.call->is("down"));
  });
  if (last == nullptr || last->call->is("up") || last->call->is("start")) return false;
  return first_after(timeline, out, [&](const Step& other) {
           return other.call && (other.call->is("up") || other.call->is("start")) &&
                  other.call->operands.empty() && may_share_stack(*other.call, *out.call);
         }) == nullptr;
}

bool brings_or_changes(const Step& step) {
  if (step.call) {
    if (step.call->is("pull") || step.call->is("build") || step.call->has("--build") ||
        step.call->has("--pull"))
      return true;
  }
  if (step.docker && (step.docker->is("image pull") || step.docker->verb.ends_with("build"))) {
    return true;
  }
  switch (step.effect) {
    case Effect::kMigrates:
    case Effect::kImports:
    case Effect::kRestores: return true;
    case Effect::kDeletes: return step.launcher != Launcher::kNone;
    default: return !step.argv.empty() && step.argv.front().is("git");
  }
}

bool takes_a_backup(const Step& step) {
  return step.effect == Effect::kDumps || step.effect == Effect::kExports;
}

}  // namespace composelint
