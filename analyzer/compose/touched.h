// What one more file may change of a model. Each file is merged, checked and made canonical; with
// many files most of the model would be gone through again for each, to no effect.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "analyzer/compose/value.h"

namespace composelint::compose {

class Touched {
 public:
  // Takes out of `model` the services, networks, … that `tree` names, and whatever is in no such
  // section. Until put_back() the model has gaps where they stood.
  Touched(Value& model, const Value& tree);

  // A model of its own: to be merged with the tree, checked and made canonical.
  [[nodiscard]] Value& part() { return part_; }
  // Back to where it was; what is new goes to the end, what is gone leaves the model.
  void put_back();

 private:
  using Places = std::unordered_map<std::string, std::size_t>;  // where a key stood in its map

  void take(Value& from, std::size_t index, Value& into, Places& places);
  static void fill(Value& map, Value part, Places places);

  Value& model_;
  Value part_;
  Places top_;
  std::unordered_map<std::string, Places> sections_;
};

}  // namespace composelint::compose
