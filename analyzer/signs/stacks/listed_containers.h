// Lists of containers, images or volumes that are not limited to one stack, handed to a command.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>

namespace composelint {

// What a list holds that spares no stack.
enum class Listed { kAll, kStopped };

// `docker rm $(docker ps -aq)`, `all=$(docker ps -aq)` in front of it; nothing sieves the list.
[[nodiscard]] std::optional<Listed> listed_in(const Timeline& timeline, const Step& step,
                                              const Argument& word);

// `docker ps -aq | xargs docker rm`.
[[nodiscard]] std::optional<Listed> fed_to(const Timeline& timeline, const Step& step);

// What such a list holds that the command is given.
[[nodiscard]] std::optional<Listed> listed_for(const Timeline& timeline, const Step& step);

// `docker volume ls --filter label=molecule_scenario=…`: what is removed a tool has made and
// marked.
[[nodiscard]] bool is_of_marked_ones(const Timeline& timeline, const Step& step);

}  // namespace composelint
