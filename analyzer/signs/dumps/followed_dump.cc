#include "analyzer/signs/dumps/followed_dump.h"

#include <algorithm>

namespace composelint {

bool is_seen_to_dump(const Timeline& timeline, const Step& step) {
  return step.followed &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& inner) {
           return inner.effect == Effect::kDumps && inner.launcher != Launcher::kNone &&
                  std::find(inner.called_from.begin(), inner.called_from.end(), step.span) !=
                      inner.called_from.end();
         });
}

}  // namespace composelint
