// One step may lack several things that rules expect around it: the gravest is told.
#pragma once

#include <span>
#include <vector>

#include "analyzer/engine/evaluate.h"

namespace composelint::engine {

// Leaves, of what rules expect at one place, what weighs most; and of one claim about the same
// command of a task the first place, the others related to it.
void drop_outweighed(std::span<const Rule* const> rules, std::span<const TaskFacts> tasks,
                     std::vector<Finding>& findings);

}  // namespace composelint::engine
