// Variables of an Azure pipeline, which `$(name)` stands for anywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/hosts/variables.h"

namespace composelint::hosts {

class AzureVariables {
 public:
  void take(const std::string& name, HostText value);
  [[nodiscard]] std::optional<std::string> known(std::string_view name) const {
    return known_value(written_, name);
  }
  // The text with those in it that are known; `root`: where the repository lies.
  [[nodiscard]] HostText fill(const HostText& text, const std::string& root) const;
  // By the names that a shell sees.
  [[nodiscard]] Variables for_shell(const std::string& root) const;

 private:
  Variables written_;
  Variables shell_;
  std::vector<std::string> open_;  // of `shell_`: they refer to what may be set further down
};

}  // namespace composelint::hosts
