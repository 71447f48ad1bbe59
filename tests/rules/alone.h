// Trying one rule alone.
#pragma once

#include <composelint/rule.h>
#include <composelint/run.h>

#include <vector>

namespace composelint::fixture {

// The rules to check with so that `rule` can speak: those about comments speak of the others.
[[nodiscard]] inline std::vector<const Rule*> needed_by(const Rule& rule) {
  if (rule.on_allowance == nullptr) return {&rule};
  return {all_rules().begin(), all_rules().end()};
}

inline void keep_only(const Rule& rule, Run& run) {
  std::erase_if(run.findings, [&](const Finding& finding) { return finding.rule != rule.slug; });
}

}  // namespace composelint::fixture
