#include "analyzer/compose/environment.h"

#include <utility>

namespace composelint::compose {

const Variable* Environment::find(std::string_view name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? nullptr : &found->second;
}

std::string_view Environment::value_of(std::string_view name) const {
  const Variable* variable = find(name);
  return variable == nullptr ? std::string_view() : std::string_view(variable->value);
}

void Environment::set(std::string name, Variable variable) {
  variables_.insert_or_assign(std::move(name), std::move(variable));
}

void Environment::add_missing(const Environment& other) {
  variables_.insert(other.variables_.begin(), other.variables_.end());
}

}  // namespace composelint::compose
