// One of `custom-rules`, whose keys have been checked against their table, as a rule.
#pragma once

#include <composelint/finding.h>

#include <memory>
#include <vector>

#include "analyzer/engine/custom_rule.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

struct CustomReading {
  std::shared_ptr<const CustomRule> rule;  // never null
  std::vector<Notification> problems;  // values that mean nothing; the rule is then not to be used
};

[[nodiscard]] CustomReading read_custom_rule(const SourceFile& file, const yaml::Node& entry);

}  // namespace composelint::engine
