#include "analyzer/compose/place.h"

namespace composelint::compose {

std::string dotted(const Place& place) {
  if (place.up == nullptr) return std::string(place.key);
  std::string out = dotted(*place.up);
  if (place.key != kItemKey) out += '.';
  out += place.key;
  return out;
}

}  // namespace composelint::compose
