#include "guard/run_variable.h"

#include <algorithm>
#include <cstdlib>

namespace composelint::guard {

namespace {

const std::string kName(kRunVariable);

}  // namespace

std::vector<std::string> runs_in(std::string_view variable) {
  std::vector<std::string> out;
  while (!variable.empty()) {
    const std::size_t end = std::min(variable.find(' '), variable.size());
    if (end > 0) out.emplace_back(variable.substr(0, end));
    variable.remove_prefix(std::min(end + 1, variable.size()));
  }
  return out;
}

RunVariable::RunVariable(const std::vector<std::string>& around, const std::string& id) {
  if (const char* before = std::getenv(kName.c_str())) before_ = before;
  std::string all;
  for (const std::string& each : around) all += each + " ";
  ::setenv(kName.c_str(), (all + id).c_str(), 1);
}

RunVariable::~RunVariable() {
  if (before_) {
    ::setenv(kName.c_str(), before_->c_str(), 1);
  } else {
    ::unsetenv(kName.c_str());
  }
}

}  // namespace composelint::guard
