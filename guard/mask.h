// Secrets taken out of whatever guard prints or writes down.
#pragma once

#include <composelint/compose.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::guard {

class Mask {
 public:
  // Values that must never show: of the caller's environment where the name says so, and whatever
  // env files, `.env` and the services' environment hold. Short values and those that are plainly
  // no secret (numbers, booleans, names of services and the project) are left.
  void hide_values(const std::vector<std::pair<std::string, std::string>>& environment,
                   const Project* project);

  // An argument list: values of `-e NAME=…`, of options and assignments with secret names,
  // passwords in URLs, and every hidden value become "***".
  [[nodiscard]] std::vector<std::string> argv(const std::vector<std::string>& words) const;
  // Free text, a line of a log: hidden values and passwords in URLs; control characters are shown
  // as escapes.
  [[nodiscard]] std::string text(std::string_view text) const;

 private:
  [[nodiscard]] std::string without_values(std::string text) const;

  std::set<std::string, std::less<>> values_;
};

}  // namespace composelint::guard
