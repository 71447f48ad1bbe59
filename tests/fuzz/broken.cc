#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/target.h"

namespace composelint::fuzz {

void broken(std::string_view promise, std::string_view detail) {
  std::fprintf(stderr, "broken: %.*s: %.*s\n", static_cast<int>(promise.size()), promise.data(),
               static_cast<int>(detail.size()), detail.data());
  std::abort();
}

}  // namespace composelint::fuzz
