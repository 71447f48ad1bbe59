// What a host puts into the environment of a shell.
#pragma once

#include <string_view>
#include <utility>

#include "analyzer/shell/scope.h"
#include "analyzer/shell/value.h"

namespace composelint::hosts {

// Copies share their content, as a file may have a thousand variables and a thousand shells.
class Environment {
 public:
  // Holes in `value`: the host fills something in. The last value counts.
  void set(std::string_view name, shell::Value value) {
    variables_.set(name, std::move(value));
    variables_.set_exported(name);
  }
  // All of `other`, over what is here.
  void set_all(const Environment& other) { variables_.overlay(other.variables_); }
  [[nodiscard]] bool has(std::string_view name) const { return variables_.find(name) != nullptr; }
  // As a shell finds them when it starts.
  [[nodiscard]] const shell::Scope& variables() const { return variables_; }

 private:
  shell::Scope variables_;
};

}  // namespace composelint::hosts
