// Custom rules × facts × evidence -> findings, beside those of built-in rules.
#pragma once

#include <composelint/finding.h>

#include <span>
#include <vector>

#include "analyzer/engine/custom_rule.h"
#include "analyzer/engine/evaluate.h"

namespace composelint::engine {

// `told` is the rule with the severities it has where it is run.
void evaluate_custom(const CustomRule& custom, const Rule& told, std::span<const TaskFacts> tasks,
                     std::vector<Finding>& findings);
void evaluate_custom(const CustomRule& custom, const Rule& told, const Project& project,
                     std::vector<Finding>& findings);

}  // namespace composelint::engine
