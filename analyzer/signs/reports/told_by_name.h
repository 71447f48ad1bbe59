// Findings of one cause that differ in a name alone: one of them gives all the names.
#pragma once

#include <composelint/finding.h>

#include <string>
#include <vector>

namespace composelint {

struct NamedFinding {
  Finding* finding = nullptr;
  std::string within;  // only those of the same are told together
  std::string name;
};

// "; so it is with `worker` and `mailer`", by the first one of each file. What is off is left out.
void tell_by_name(const std::vector<NamedFinding>& all);

}  // namespace composelint
