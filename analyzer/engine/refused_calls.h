// Calls that Compose refuses, whatever they ask for.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <span>
#include <vector>

#include "analyzer/engine/task_facts.h"

namespace composelint::engine {

// What a call would do is not told where its project is not loaded for its profiles: that is told
// once, at the dependency. What is said of a file as a whole stays.
void drop_refused_calls(std::span<const Rule* const> rules, std::span<const TaskFacts> tasks,
                        std::vector<Finding>& findings);

}  // namespace composelint::engine
