// What makes a finding the same finding tomorrow: rule, file and structured key. Neither wording
// nor line numbers take part, so that edits elsewhere and better messages leave it alone.
#pragma once

#include <composelint/run.h>

#include <string>
#include <vector>

namespace composelint::report {

struct Fingerprints {
  std::vector<std::string> findings;  // parallel to Run::findings; 32 hexadecimal digits
  std::vector<std::string> suppressed;
};

// Findings equal in all of it are told apart by their order in the file. Allowed ones count along:
// to allow the first of two does not rename the second.
[[nodiscard]] Fingerprints fingerprints(const Run& run);

}  // namespace composelint::report
