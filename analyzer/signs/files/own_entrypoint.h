// What `--entrypoint` puts in front of the words that a container is given.
#pragma once

#include <composelint/argument.h>
#include <composelint/option_use.h>
#include <composelint/step.h>

#include <vector>

namespace composelint {

// `--entrypoint sh app -c "…"` runs `sh -c "…"`. One word that is known, else nothing is put in.
[[nodiscard]] std::vector<Argument> behind_entrypoint(const std::vector<OptionUse>& options,
                                                      const std::vector<Argument>& inner);

// The same of a step that works in a container: its words, the entrypoint in front.
[[nodiscard]] std::vector<Argument> behind_entrypoint(const Step& step,
                                                      const std::vector<Argument>& inner);

}  // namespace composelint
