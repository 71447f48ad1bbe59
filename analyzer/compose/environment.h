// The variables a project sees: name, value, and where the value was set.
#pragma once

#include <composelint/source.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace composelint::compose {

struct Variable {
  std::string value;
  Span span;           // of the assignment in an env file; nowhere for the caller's environment
  std::string origin;  // "shell", "--env-file", ".env", "computed": for people
};

class Environment {
 public:
  using Map = std::map<std::string, Variable, std::less<>>;

  [[nodiscard]] const Variable* find(std::string_view name) const;
  // Empty when unset.
  [[nodiscard]] std::string_view value_of(std::string_view name) const;
  void set(std::string name, Variable variable);
  // Takes over what is not set yet: who is merged first wins.
  void add_missing(const Environment& other);
  [[nodiscard]] const Map& all() const { return variables_; }

 private:
  Map variables_;
};

// How a phase asks for a variable; null when unset.
using Lookup = std::function<const Variable*(std::string_view name)>;

}  // namespace composelint::compose
