// Whether what a custom rule asks for is so. Three answers: what is not known is neither so nor
// not.
#pragma once

#include <composelint/evidence.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/custom_rule.h"

namespace composelint::engine {

struct CustomKeyRow {
  std::string_view name;
  Truth (*holds)(const CustomTest& test, const CustomSubject& subject) = nullptr;
};

// In the order in which they are asked: what takes time stands last.
[[nodiscard]] std::span<const CustomKeyRow> custom_step_rows();
[[nodiscard]] std::span<const CustomKeyRow> custom_service_rows();

[[nodiscard]] Truth all_hold(const CustomTests& tests, const CustomSubject& subject);
// `when` surely holds, and `unless` surely does not.
[[nodiscard]] bool fires(const CustomRule& rule, const CustomSubject& subject);
// What the witness said where a rule asks for evidence: for the finding.
[[nodiscard]] Evidence evidence_for(const CustomRule& rule, const CustomSubject& subject);

[[nodiscard]] Truth truth_of(bool holds);
[[nodiscard]] Truth opposite(Truth truth);

}  // namespace composelint::engine
