// A task whose exit status the shell in its container throws away: `run app sh -c "migrate ||
// true"`.
#pragma once

#include <composelint/effect.h>
#include <composelint/source.h>
#include <composelint/step.h>

#include <optional>
#include <string>

namespace composelint {

struct DroppedInside {
  std::string name;  // what was recognised: "Django migration"
  std::string drop;  // "|| true"
};

// The first task of `effect` in the text that a shell in a container is given.
[[nodiscard]] std::optional<DroppedInside> dropped_inside(const Step& step, Effect effect);

// `log="$(docker exec app sh -c 'migrate; echo EXIT=$?' || true)"`: the status is in what is kept.
[[nodiscard]] bool hands_out_status(const Step& step);

}  // namespace composelint
