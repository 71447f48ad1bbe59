// Which steps need a database to answer.
#pragma once

#include <composelint/argument.h>
#include <composelint/compose.h>
#include <composelint/step.h>
#include <composelint/taken_for.h>
#include <composelint/timeline.h>

#include <string_view>
#include <vector>

#include "analyzer/signs/steps/entered.h"

namespace composelint {

// Says itself that it tries again, or looks first.
[[nodiscard]] bool tries_again(std::string_view text);

[[nodiscard]] bool tries_again(const Step& step);

// Somebody who sits at a prompt sees what is wrong.
[[nodiscard]] bool is_left_to_somebody(const Step& step, const std::vector<Argument>& inner);

// Whom the step works in, and of which project that is.
[[nodiscard]] Entered works_in(const Timeline& timeline, const Step& step,
                               const TakenFor& taken = {});

// The database that the step's command needs an answer from: the one that it runs in, or that of
// the service it runs in.
[[nodiscard]] const Service* needed_database(const Timeline& timeline, const Step& step,
                                             const TakenFor& taken = {});

}  // namespace composelint
