#include "guard/answer.h"

namespace composelint::guard {

std::string_view name_of(Claim claim) {
  return to_string(claim);
}

}  // namespace composelint::guard
