// Who writes to a stack's data beside the task at hand, and how a script keeps them away.
#pragma once

#include <composelint/compose.h>
#include <composelint/step.h>

#include <vector>

namespace composelint {

// The services that take work from a queue or a clock by the code of `service`, as far as they are
// up with the project. Of others it is not known which data they write.
[[nodiscard]] std::vector<const Service*> workers_beside(const Service& service,
                                                         const Project& project);

// `docker stop NAME…`, each name one word.
[[nodiscard]] bool stops_containers(const Step& step);

// One service, or maintenance mode, is taken out of use: `stop worker`, `artisan down`.
[[nodiscard]] bool takes_out(const Step& step);

// `back` undoes what `out` did: by the same means, for one of the same services or for all.
[[nodiscard]] bool brings_back(const Step& back, const Step& out);

// Stands in the text of `trap '…' EXIT`, or in a function that it calls.
[[nodiscard]] bool comes_from_trap(const Step& step);

}  // namespace composelint
