// Rules × facts × evidence -> findings.
#pragma once

#include <composelint/compose.h>
#include <composelint/evidence.h>
#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/timeline.h>

#include <span>
#include <vector>

namespace composelint::engine {

// Findings of all rules about one script. A place that several calls of a function lead to is
// reported once for each rule.
[[nodiscard]] std::vector<Finding> evaluate(std::span<const Rule* const> rules,
                                            const Timeline& timeline, Context context,
                                            const EvidenceSource& evidence);

// Findings of all rules about one project.
[[nodiscard]] std::vector<Finding> evaluate(std::span<const Rule* const> rules,
                                            const Project& project);

}  // namespace composelint::engine
