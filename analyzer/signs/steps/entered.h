// The service whose container `docker exec` enters, where the script tells which that is.
#pragma once

#include <composelint/argument.h>
#include <composelint/compose.h>
#include <composelint/step.h>
#include <composelint/taken_for.h>
#include <composelint/timeline.h>

#include <string>
#include <string_view>

namespace composelint {

struct Entered {
  const Project* project = nullptr;
  const Service* service = nullptr;  // null: its container is not known
};

// The word is what `other` prints: `$(…)` itself, or a variable set to it.
[[nodiscard]] bool is_output_of(const Argument& word, const Step& other);

[[nodiscard]] bool is_one_hole(const Argument& word);

// `compose ps -q db`, whose output is the word.
[[nodiscard]] const Step* asks_for_container(const Timeline& timeline, const Step& step,
                                             const Argument& word);

// `docker ps -q -f name=db`, `docker ps | grep db | …`, whose output is the word: the part of the
// name that is asked for. Empty where it is no such word.
[[nodiscard]] std::string listed_container(const Timeline& timeline, const Step& step,
                                           const Argument& word);

// `docker exec "$(docker compose ps -q ledger)"`, and the stack has no service of that name: no
// container is entered.
[[nodiscard]] bool enters_what_is_not_there(const Timeline& timeline, const Step& step);

// The service whose container has this name. Where nothing gives the project a name, it is called
// after the directory of whoever wrote the script.
[[nodiscard]] const Service* named_in(const Project& project, std::string_view word);

// Only projects that the script itself drives count: a name is the machine's own.
[[nodiscard]] Entered entered_by_docker(const Timeline& timeline, const Step& step,
                                        const TakenFor& taken = {});

}  // namespace composelint
