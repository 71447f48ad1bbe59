// What was asked around a command, and what came out: the lines of a plan, the entries of a report.
#pragma once

#include <composelint/evidence.h>
#include <composelint/finding.h>

#include <cstdint>
#include <string>

namespace composelint::guard {

// A claim with its truth. Not only what rules expect: also what guard itself wants to know, as that
// the engine answers.
struct Answer {
  // Its name for --attest, policies and JSON: "backup-taken", "engine-reachable", "project-agrees".
  std::string claim{};
  Truth truth = Truth::kUnknown;
  // What it weighs when it is not supported: kError blocks, kWarning asks, kNote is told.
  Severity severity = Severity::kError;
  std::string note{};     // one clause: what was seen. No values of variables, no secrets.
  std::string remedy{};   // what would establish it; may be empty
  std::string origin{};   // "docker compose ps", "journal", "attested by anna", "policy"
  std::int64_t time = 0;  // when it became so, nanoseconds since 1970; 0: now
};

// Whether it stands in the way, or is worth a question.
[[nodiscard]] constexpr bool blocks(const Answer& answer) {
  return answer.severity == Severity::kError && answer.truth != Truth::kSupported;
}
[[nodiscard]] constexpr bool asks(const Answer& answer) {
  return answer.severity == Severity::kWarning && answer.truth == Truth::kRefuted;
}

// "backup-taken"; the names are promises, as slugs are.
[[nodiscard]] std::string_view name_of(Claim claim);

}  // namespace composelint::guard
